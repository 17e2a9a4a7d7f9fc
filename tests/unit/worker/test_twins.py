import pytest
import torch

from grader.worker.twins import ALLOWED, PATHS, Twin, Witness, condition_of, state_of


def test_every_class_is_known_by_its_path_and_back() -> None:
    assert {path: PATHS[kind] for path, kind in ALLOWED.items()} == {path: path for path in ALLOWED}
    ours = {PATHS[Witness]}
    assert all(path.startswith(("torch.nn.", "torch.optim.")) for path in ALLOWED.keys() - ours)


@pytest.mark.parametrize(
    "path", ["builtins.eval", "os.system", "torch.load", "torch.nn.Bilinear", ""]
)
def test_a_recipe_outside_the_list_is_refused(path: str) -> None:
    with pytest.raises(KeyError):
        Twin.build(0, path, ("1",), {})


def test_a_module_made_of_twins_holds_their_instances() -> None:
    linear = Twin.build(0, PATHS[torch.nn.Linear], (2, 2), {})
    relu = Twin.build(1, PATHS[torch.nn.ReLU], (), {})
    stack = Twin.build(2, PATHS[torch.nn.Sequential], (linear, relu), {})
    assert list(stack.local) == [linear.local, relu.local]


def test_an_optimizer_gets_the_parameters_of_a_twin() -> None:
    linear = Twin.build(0, PATHS[torch.nn.Linear], (2, 1), {})
    adam = Twin.build(1, PATHS[torch.optim.Adam], (linear,), {"lr": 0.5})
    held = adam.local.param_groups[0]["params"]
    assert [id(part) for part in held] == [id(part) for part in linear.local.parameters()]


def test_loading_takes_over_the_numbers_but_shares_none() -> None:
    ours, theirs = (Twin.build(0, PATHS[torch.nn.Linear], (2, 1), {}) for _ in range(2))
    theirs.load(condition_of(ours.local), None)
    assert torch.equal(theirs.local.weight, ours.local.weight)
    ours.local.weight.data.zero_()
    assert theirs.local.weight.abs().sum() > 0


def test_loading_takes_over_gradients_and_modes_as_well() -> None:
    ours, theirs = (
        Twin.build(
            0, PATHS[torch.nn.Sequential], (Twin.build(1, PATHS[torch.nn.Linear], (2, 1), {}),), {}
        )
        for _ in range(2)
    )
    ours.local[0].weight.grad = torch.tensor([[3.0, 4.0]])
    ours.local[0].eval()
    theirs.local[0].bias.grad = torch.ones(1)
    theirs.load(condition_of(ours.local), torch.device("cpu"))
    ours.local[0].weight.grad.zero_()
    assert theirs.local[0].weight.grad.tolist() == [[3.0, 4.0]]
    assert theirs.local[0].bias.grad is None
    assert (theirs.local.training, theirs.local[0].training) == (True, False)


def test_only_modules_have_a_state() -> None:
    linear = torch.nn.Linear(1, 1)
    state = state_of(linear)
    assert state is not None
    assert sorted(state) == ["bias", "weight"]
    assert state_of(torch.optim.SGD(linear.parameters(), lr=1.0)) is None
    assert state_of(torch.ones(1)) is None
    assert condition_of(torch.ones(1)) is None


def test_loading_into_what_has_no_state_does_nothing() -> None:
    model = Twin.build(0, PATHS[torch.nn.Linear], (1, 1), {})
    optimizer = Twin.build(1, PATHS[torch.optim.SGD], (model,), {"lr": 0.25})
    optimizer.load(None, torch.device("cpu"))
    assert optimizer.local.param_groups[0]["lr"] == 0.25


def test_a_witness_tells_a_prediction_with_a_graph_from_one_without() -> None:
    model = torch.nn.Sequential(torch.nn.Linear(1, 1), Witness())
    with torch.no_grad():
        model(torch.ones(1, 1))
    assert not model[1].graph_was_built
    x = torch.ones(1, 1)
    assert torch.equal(model(x), model[0](x))
    assert model[1].graph_was_built


def test_a_witness_knows_the_mode_of_its_model() -> None:
    model = torch.nn.Sequential(Witness())
    assert model.eval().state_dict()["0.is_training"].item() is False
    assert model.train().state_dict()["0.is_training"].item() is True


def test_a_witness_foresees_what_the_global_generator_gives() -> None:
    foreseen = Witness().next_numbers
    assert torch.equal(foreseen, torch.rand(4))

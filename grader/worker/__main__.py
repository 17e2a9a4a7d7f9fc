"""`python -I -m grader.worker FD`: the zygote; see there."""

import sys

from grader.worker.torch_import import import_torch

if __name__ == "__main__":
    import_torch()
    from grader.worker.zygote import main

    main(int(sys.argv[1]))

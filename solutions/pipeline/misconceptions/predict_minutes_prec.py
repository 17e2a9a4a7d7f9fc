"""`&` binds more tightly than `|`: the weekend has a say about one half of the rush hour only.

Put brackets where you think torch puts them. Which of the two rush hours does the weekend belong
to?
"""

import torch

function = "predict_minutes"
code = "PREC"
fails = ("test_predict_minutes_rush_hour_begins_and_ends_sharply",)


def predict_minutes(model, raw, stats):
    numbers, hour, weekend = raw[:, :2], raw[:, 1:2], raw[:, 2:3]
    std = stats["std"]
    z = (numbers - stats["mean"]) / torch.where(std == 0, 1.0, std)
    rush = (hour >= 8) & (hour < 10) | (hour >= 16) & (hour < 19) & (weekend == 0)
    rush = rush.to(raw.dtype)
    with torch.no_grad():
        return model(torch.cat([z, weekend, rush], dim=1)).item()

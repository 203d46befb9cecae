"""Writes checkpoints of xvr's layout, with inputs and outputs of their networks.

python3 tests/conformance/torch/xvr-checkpoint.py           the small fixtures of tests/conformance/fixtures
python3 tests/conformance/torch/xvr-checkpoint.py FOLDER    resnet18 as xvr has it (11 M parameters), to compare by hand

Any PyTorch of 1.13 or later. The networks are those of pose-network.py; xvr saves `model_state_dict` and `config`.
"""

import datetime
import importlib.util
import json
import pathlib
import sys

import torch

here = pathlib.Path(__file__).parent
spec = importlib.util.spec_from_file_location("pose_network", here / "pose-network.py")
pose_network = importlib.util.module_from_spec(spec)
spec.loader.exec_module(pose_network)

NEWEST = {
    "volpath": pathlib.PurePosixPath("/data/ct.nii.gz"), "maskpath": None, "outpath": "/data/out",
    "r1": (135.0, 225.0), "r2": (-45.0, 45.0), "r3": (-15.0, 15.0),
    "tx": (-150.0, 150.0), "ty": (450.0, 1000.0), "tz": (-150.0, 150.0),
    "sdd": 1020.0, "delx": 2.1764375, "orientation": "AP", "reverse_x_axis": True,
    "model_name": "resnet18", "norm_layer": "groupnorm", "pretrained": True,
    "parameterization": "quaternion_adjugate", "convention": "ZXY", "unit_conversion_factor": 1000.0,
    "p_augmentation": 0.333, "batch_size": 116, "lr": 2e-4, "weight_ncc": 1.0, "weight_geo": 0.01,
    "n_total_itrs": 1000000, "n_warmup_itrs": 1000, "n_grad_accum_itrs": 4, "n_save_every_itrs": 1000,
}
OLDER = {
    "inpath": "/data/ct.nii.gz", "outpath": "/data/out",
    "alphamin": -45.0, "alphamax": 45.0, "betamin": -30.0, "betamax": 30.0, "gammamin": -15.0, "gammamax": 15.0,
    "txmin": -50.0, "txmax": 50.0, "tymin": -800.0, "tymax": -700.0, "tzmin": -50.0, "tzmax": 50.0,
    "sdd": 1000.0, "delx": 2.0, "model_name": "resnet18", "norm_layer": "groupnorm",
    "parameterization": "quaternion_adjugate", "convention": None, "lr": 5e-3,
}


def write(path, widths, groups, height, config, counter, prefix=""):
    pose_network.HEIGHT = height
    torch.manual_seed(7)
    network = pose_network.PoseNetwork((2, 2, 2, 2), widths, groups, False).eval()
    with torch.no_grad():
        for name, value in network.named_parameters():
            if "bn" in name or "downsample.1" in name:
                value.add_(0.2 * torch.randn_like(value))
        # Few decimals, so that the stored numbers are exact.
        x = (torch.randn(2, 1, height, height) * 1e3).round() / 1e3
        outputs = network(x)
    state = {prefix + name: value for name, value in network.state_dict().items()}
    torch.save({
        "model_state_dict": state,
        "optimizer_state_dict": torch.optim.Adam(network.parameters()).state_dict(),
        "date": datetime.datetime(2026, 2, 1, 12),
        "config": {**config, "height": height},
        **counter,
    }, path)
    numbers = [round(value, 3) for value in x.double().flatten().tolist()]
    stored = {"height": height, "input": numbers, "outputs": outputs.tolist()}
    path.with_suffix(".json").write_text(json.dumps(stored) + "\n")


if len(sys.argv) > 1:
    write(pathlib.Path(sys.argv[1]) / "resnet18.pth", (64, 128, 256, 512), 32, 128, NEWEST,
          {"itr": 5000, "model_number": 5})
else:
    fixtures = here.parent / "fixtures"
    small = ((4, 4, 8, 8), 4, 32)
    write(fixtures / "xvr-newest.pth", *small, NEWEST, {"itr": 5000, "model_number": 5})
    write(fixtures / "xvr-older.pth", *small, OLDER, {"epoch": 12}, "_orig_mod.")

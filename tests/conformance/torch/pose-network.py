"""Writes tests/conformance/fixtures/pose-network.json: small pose networks and their training in PyTorch.

Run with any Python that has PyTorch (1.13 or later): python3 tests/conformance/torch/pose-network.py
The networks are timm's ResNet of basic blocks with `norm_layer="groupnorm"` and xvr's two heads, written with torch.nn
alone under timm's names: GroupNorm with PyTorch's epsilon 1e-5 and, in timm, 32 groups; here they are narrower.
"""

import base64
import json
import pathlib

import torch
from torch import nn
from torch.nn import functional as F

BATCH, HEIGHT, STEPS, RATE = 3, 64, 3, 1e-3


class BasicBlock(nn.Module):
    def __init__(self, inputs, outputs, stride, groups):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn1 = nn.GroupNorm(groups, outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.bn2 = nn.GroupNorm(groups, outputs)
        self.downsample = None
        if stride != 1 or inputs != outputs:
            self.downsample = nn.Sequential(
                nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.GroupNorm(groups, outputs)
            )

    def forward(self, x):
        y = self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)))))
        return F.relu(y + (x if self.downsample is None else self.downsample(x)))


class Backbone(nn.Module):
    def __init__(self, blocks, widths, groups):
        super().__init__()
        self.conv1 = nn.Conv2d(1, widths[0], 7, 2, 3, bias=False)
        self.bn1 = nn.GroupNorm(groups, widths[0])
        inputs = widths[0]
        for stage, (count, outputs) in enumerate(zip(blocks, widths)):
            layers = []
            for block in range(count):
                layers.append(BasicBlock(inputs, outputs, 2 if stage > 0 and block == 0 else 1, groups))
                inputs = outputs
            setattr(self, f"layer{stage + 1}", nn.Sequential(*layers))

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.bn1(self.conv1(x))), 3, 2, 1)
        return self.layer4(self.layer3(self.layer2(self.layer1(x))))


class PoseNetwork(nn.Module):
    def __init__(self, blocks, widths, groups, keeps_places):
        super().__init__()
        self.keeps_places = keeps_places
        self.backbone = Backbone(blocks, widths, groups)
        features = widths[3] * ((HEIGHT // 32) ** 2 if keeps_places else 1)
        self.xyz_regression = nn.Linear(features, 3)
        self.rot_regression = nn.Linear(features, 10)

    def forward(self, x):
        maps = self.backbone(x)
        features = maps.flatten(1) if self.keeps_places else maps.mean((2, 3))
        return torch.cat([self.rot_regression(features), self.xyz_regression(features)], 1)


def encoded(tensor):
    values = tensor.detach().to(torch.float32).contiguous().numpy().astype("<f4")
    return base64.b64encode(values.tobytes()).decode("ascii")


def clip_adaptively(parameters, clip):
    """timm's adaptive_clip_grad: unit-wise norms over all axes but the first, of vectors as a whole."""

    def norm(t):
        axes = tuple(range(1, t.ndim)) if t.ndim > 1 else (0,)
        return t.norm(2, dim=axes, keepdim=True)

    for p in parameters:
        most = norm(p.detach()).clamp(min=1e-3) * clip
        size = norm(p.grad)
        p.grad.copy_(torch.where(size < most, p.grad, p.grad * (most / size.clamp(min=1e-6))))


def trained(name, blocks, widths, groups, keeps_places, decay, clip):
    torch.manual_seed(11)
    network = PoseNetwork(blocks, widths, groups, keeps_places)
    with torch.no_grad():
        for key, p in network.named_parameters():
            if "bn" in key or "downsample.1" in key:
                p.add_(0.2 * torch.randn_like(p))
    named = dict(network.named_parameters())
    x = torch.rand(BATCH, 1, HEIGHT, HEIGHT).mul(255).round().div(255)
    targets = torch.randn(BATCH, 13)
    optimiser = (
        torch.optim.AdamW(named.values(), RATE, weight_decay=decay)
        if decay > 0
        else torch.optim.Adam(named.values(), RATE)
    )
    record = {
        "network": name,
        "shape": {"blocks": blocks, "widths": widths, "groups": groups},
        "learningRate": RATE,
        "weightDecay": decay,
        "clip": clip,
        "height": HEIGHT,
        "batch": BATCH,
        "pixels": base64.b64encode((x * 255).round().to(torch.uint8).numpy().tobytes()).decode("ascii"),
        "targets": encoded(targets),
        "parameters": [
            {"name": key, "shape": list(p.shape), "start": encoded(p)} for key, p in named.items()
        ],
        "losses": [],
    }
    for step in range(STEPS):
        optimiser.zero_grad()
        outputs = network(x)
        loss = ((outputs - targets) ** 2).sum(1).add(1e-6).sqrt().mean()
        loss.backward()
        record["losses"].append(float(loss))
        if step == 0:
            record["outputs"] = encoded(outputs)
            for entry in record["parameters"]:
                entry["gradient"] = encoded(named[entry["name"]].grad)
        if clip > 0:
            clip_adaptively(named.values(), clip)
        optimiser.step()
    for entry in record["parameters"]:
        entry["end"] = encoded(named[entry["name"]])
    return record


if __name__ == "__main__":
    cases = [
        trained("resnet18", [2, 2, 1, 1], [2, 4, 4, 6], 2, False, 0.0, 0.0),
        trained("light", [1, 1, 1, 1], [2, 4, 4, 4], 2, True, 0.05, 0.02),
    ]
    path = pathlib.Path(__file__).parent.parent / "fixtures" / "pose-network.json"
    path.write_text(json.dumps({"torch": torch.__version__, "cases": cases}) + "\n")
    print(path.stat().st_size, [case["losses"] for case in cases])

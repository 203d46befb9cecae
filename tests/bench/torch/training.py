"""Training steps of a pose network in PyTorch: what `npm run bench -- training` compares ours with.

training.py resnet18|light BATCH HEIGHT STEPS: one thread, Adam, the mean distance of the outputs to fixed targets as the
loss. Tells the milliseconds that the steps took, those that they kept a processor busy, and its peak memory in KiB, as
JSON, to file descriptor 3.
"""

import json
import os
import resource
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F

SHAPES = {"resnet18": ([64, 128, 256, 512], 32), "light": ([32, 64, 96, 128], 8)}


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
        y = F.relu(self.bn1(self.conv1(x)), inplace=True)
        y = self.bn2(self.conv2(y))
        return F.relu(y + (x if self.downsample is None else self.downsample(x)), inplace=True)


class PoseNetwork(nn.Module):
    def __init__(self, widths, groups, places):
        super().__init__()
        self.places = places
        self.conv1 = nn.Conv2d(1, widths[0], 7, 2, 3, bias=False)
        self.bn1 = nn.GroupNorm(groups, widths[0])
        blocks, inputs = [], widths[0]
        for stage, outputs in enumerate(widths):
            blocks.append(BasicBlock(inputs, outputs, 2 if stage > 0 else 1, groups))
            blocks.append(BasicBlock(outputs, outputs, 1, groups))
            inputs = outputs
        self.blocks = nn.Sequential(*blocks)
        self.rotation = nn.Linear(widths[3] * places, 10)
        self.translation = nn.Linear(widths[3] * places, 3)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.bn1(self.conv1(x)), inplace=True), 3, 2, 1)
        x = self.blocks(x)
        x = x.flatten(1) if self.places > 1 else x.mean((2, 3))
        return torch.cat([self.rotation(x), self.translation(x)], 1)


name = sys.argv[1]
batch, height, steps = (int(argument) for argument in sys.argv[2:5])
torch.set_num_threads(1)
torch.manual_seed(1)
widths, groups = SHAPES[name]
network = PoseNetwork(widths, groups, (height // 32) ** 2 if name == "light" else 1)
optimiser = torch.optim.Adam(network.parameters(), 1e-3)
x, targets = torch.rand(batch, 1, height, height), torch.rand(batch, 13)
milliseconds, processor = [], []
for _ in range(steps):
    started, used = time.perf_counter(), time.process_time()
    optimiser.zero_grad()
    loss = ((network(x) - targets) ** 2).sum(1).add(1e-6).sqrt().mean()
    loss.backward()
    optimiser.step()
    loss.item()
    milliseconds.append((time.perf_counter() - started) * 1000)
    processor.append((time.process_time() - used) * 1000)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
report = {"milliseconds": milliseconds, "processorMilliseconds": processor, "peakKibibytes": peak}
os.write(3, json.dumps(report).encode())

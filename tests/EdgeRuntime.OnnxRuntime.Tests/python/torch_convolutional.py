"""Dense and convolutional networks, and decoders."""
import torch
import torch.nn.functional as F
from torch import nn

from torch_case import BATCH, Case, Lambda, image_case, network, settle


@network()
def mlp():
    return Case(nn.Sequential(nn.Linear(20, 32), nn.ReLU(), nn.Linear(32, 16), nn.Tanh(), nn.Linear(16, 4), nn.Softmax(dim=1)), (torch.randn(3, 20),), (torch.randn(1, 20),), BATCH)


@network()
def mlp_activations():
    parts = [nn.ELU(), nn.LeakyReLU(0.1), nn.PReLU(16), nn.SELU(), nn.Softplus(), nn.Sigmoid(), nn.Softsign(), nn.LogSigmoid(), nn.Hardtanh(), nn.ReLU6(), nn.Hardsigmoid(), nn.Tanhshrink()]
    layers = [nn.Linear(12, 16)]
    for part in parts:
        layers += [part, nn.Linear(16, 16)]
    return Case(nn.Sequential(*layers, nn.LogSoftmax(dim=-1)), (torch.randn(3, 12),), (torch.randn(7, 12),), BATCH)


@network(12)
def mlp_modern_activations():
    parts = [nn.GELU(), nn.SiLU(), nn.Hardswish(), nn.Mish(), nn.CELU(0.7), nn.GLU(), nn.Hardshrink(), nn.Softshrink(), nn.GELU(approximate="tanh")]
    layers = [nn.Linear(12, 16)]
    for part in parts:
        layers += [part, nn.Linear(8 if isinstance(part, nn.GLU) else 16, 16)]
    return Case(nn.Sequential(*layers), (torch.randn(3, 12),), (torch.randn(7, 12),), BATCH)




def cnn_layers():
    return nn.Sequential(
        nn.Conv2d(3, 8, 3, padding=1, bias=False), nn.BatchNorm2d(8), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(8, 16, 3, padding=1), nn.BatchNorm2d(16), nn.ReLU(), nn.AvgPool2d(3, stride=2, padding=1, count_include_pad=False),
        nn.Flatten(), nn.Dropout(0.5), nn.Linear(16 * 4 * 4, 10))


@network()
def cnn_batch_norm():
    return image_case(cnn_layers())


@network()
def cnn_batch_norm_unfolded():
    # As the exporter leaves it when it is told to keep the module's mode: every normalization is a node of its own.
    return image_case(cnn_layers(), folding=False, training=torch.onnx.TrainingMode.PRESERVE)


@network()
def cnn_batch_norm_first():
    # Nothing stands before the normalization that it could be folded into.
    return image_case(nn.Sequential(nn.BatchNorm2d(3), nn.ReLU(), nn.Conv2d(3, 6, 3), nn.ReLU(), nn.BatchNorm2d(6), nn.Conv2d(6, 4, 1), nn.InstanceNorm2d(4, affine=True)))


class Residual(nn.Module):
    def __init__(self, channels, out, stride):
        super().__init__()
        self.a = nn.Conv2d(channels, out, 3, stride, 1, bias=False)
        self.na = nn.BatchNorm2d(out)
        self.b = nn.Conv2d(out, out, 3, 1, 1, bias=False)
        self.nb = nn.BatchNorm2d(out)
        self.short = nn.Sequential() if stride == 1 and channels == out else nn.Sequential(nn.Conv2d(channels, out, 1, stride, bias=False), nn.BatchNorm2d(out))

    def forward(self, x):
        return F.relu(self.nb(self.b(F.relu(self.na(self.a(x))))) + self.short(x))


@network()
def residual():
    return image_case(nn.Sequential(nn.Conv2d(3, 8, 7, 2, 3), nn.ReLU(), nn.MaxPool2d(3, 2, 1), Residual(8, 8, 1), Residual(8, 16, 2), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(16, 5)), size=32)


class Inverted(nn.Module):
    def __init__(self, channels, out, stride, squeeze):
        super().__init__()
        hidden = channels * 4
        self.expand = nn.Sequential(nn.Conv2d(channels, hidden, 1, bias=False), nn.BatchNorm2d(hidden), nn.ReLU6())
        self.depth = nn.Sequential(nn.Conv2d(hidden, hidden, 3, stride, 1, groups=hidden, bias=False), nn.BatchNorm2d(hidden), nn.ReLU6())
        self.squeeze = nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Conv2d(hidden, 8, 1), nn.ReLU(), nn.Conv2d(8, hidden, 1), nn.Hardsigmoid()) if squeeze else None
        self.project = nn.Sequential(nn.Conv2d(hidden, out, 1, bias=False), nn.BatchNorm2d(out))
        self.same = stride == 1 and channels == out

    def forward(self, x):
        y = self.depth(self.expand(x))
        if self.squeeze is not None:
            y = y * self.squeeze(y)
        y = self.project(y)
        return x + y if self.same else y


@network()
def depthwise_separable():
    return image_case(nn.Sequential(nn.Conv2d(3, 8, 3, 2, 1, bias=False), nn.BatchNorm2d(8), nn.ReLU6(), Inverted(8, 8, 1, False), Inverted(8, 12, 2, False), Inverted(12, 12, 1, True), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(12, 6)), size=24)


@network()
def convolution_1d():
    return Case(settle(nn.Sequential(nn.Conv1d(4, 8, 5, padding=4, dilation=2), nn.BatchNorm1d(8), nn.ReLU(), nn.MaxPool1d(2, ceil_mode=False), nn.Conv1d(8, 6, 3, groups=2), nn.AdaptiveAvgPool1d(1))),
                (torch.randn(2, 4, 20),), (torch.randn(3, 4, 33),), {0: {0: "N", 2: "T"}})


@network()
def convolution_3d():
    return Case(settle(nn.Sequential(nn.Conv3d(2, 4, 3, padding=1), nn.BatchNorm3d(4), nn.ReLU(), nn.MaxPool3d(2), nn.Conv3d(4, 3, (1, 2, 2)), nn.AvgPool3d((2, 1, 1)))),
                (torch.randn(1, 2, 8, 8, 8),), (torch.randn(3, 2, 8, 8, 8),), BATCH)


@network(10)
def pools():
    class Pools(nn.Module):
        def forward(self, x):
            return (F.max_pool2d(x, 3, 2, 1, ceil_mode=True), F.avg_pool2d(x, 3, 2, ceil_mode=True), F.avg_pool2d(x, 2, padding=1, count_include_pad=True),
                    F.max_pool2d(x, 2, dilation=2), F.adaptive_avg_pool2d(x, 4), F.adaptive_max_pool2d(x, 1), F.lp_pool2d(x.abs(), 2, 2))
    return image_case(Pools())


@network(11)
def paddings():
    class Paddings(nn.Module):
        def forward(self, x):
            return (F.pad(x, (1, 2, 3, 0), value=0.5), F.pad(x, (1, 2, 3, 1), mode="reflect"), F.pad(x, (2, 0, 1, 1), mode="replicate"), F.pad(x, (-1, 2, 0, -2)))
    return image_case(Paddings())


# Decoders.


@network()
def decoder_transposed():
    return image_case(nn.Sequential(nn.ConvTranspose2d(3, 8, 2, 2), nn.BatchNorm2d(8), nn.ReLU(), nn.ConvTranspose2d(8, 6, 3, 2, 1, output_padding=1, groups=2), nn.Tanh(), nn.ConvTranspose2d(6, 3, 3, dilation=2, bias=False), nn.Sigmoid()), size=7)


def resize(mode, corners, factor=None, size=None):
    return Lambda(lambda x: F.interpolate(x, scale_factor=factor, size=size, mode=mode, align_corners=corners))


@network(9)
def decoder_nearest():
    return image_case(nn.Sequential(nn.Conv2d(3, 4, 3, padding=1), nn.Upsample(scale_factor=2, mode="nearest"), nn.Conv2d(4, 2, 3, padding=1), nn.Upsample(scale_factor=(1, 3))), size=8)


@network(11)
def decoder_nearest_to_a_size():
    return image_case(nn.Sequential(nn.Conv2d(3, 4, 3, padding=1), resize("nearest", None, size=(37, 29)), nn.Conv2d(4, 2, 1), resize("nearest", None, 0.7)), size=8)


@network(11)
def decoder_bilinear_corners():
    return image_case(nn.Sequential(nn.Conv2d(3, 4, 3, padding=1), resize("bilinear", True, 2), nn.Conv2d(4, 3, 3, padding=1), resize("bilinear", True, size=(9, 21))), size=8)


@network(11)
def decoder_bilinear():
    return image_case(nn.Sequential(nn.Conv2d(3, 4, 3, padding=1), nn.Upsample(scale_factor=2, mode="bilinear", align_corners=False), nn.Conv2d(4, 4, 3, padding=1), resize("bilinear", False, size=(11, 40)), resize("bilinear", False, 1.7)), size=8)


@network(11)
def decoder_bicubic():
    return image_case(nn.Sequential(nn.Conv2d(3, 4, 3, padding=1), resize("bicubic", False, 2), nn.Conv2d(4, 4, 3, padding=1), resize("bicubic", True, size=(23, 19)), resize("bicubic", False, 0.6)), size=8)


@network(11)
def resize_to_the_size_of_another():
    class ToSize(nn.Module):
        def forward(self, x, y):
            return F.interpolate(x, size=y.shape[-2:], mode="bilinear", align_corners=False) + y, F.interpolate(x, size=(y.shape[2] * 2, y.shape[3] - 1), mode="nearest")
    return Case(ToSize(), (torch.randn(1, 2, 5, 7), torch.randn(1, 2, 9, 6)), (torch.randn(3, 2, 4, 4), torch.randn(3, 2, 11, 5)), {0: {0: "N", 2: "h", 3: "w"}, 1: {0: "N", 2: "H", 3: "W"}})


@network(11)
def resize_1d_and_3d():
    return Case(Lambda(lambda x: (F.interpolate(x, scale_factor=2, mode="linear", align_corners=False), F.interpolate(x.unsqueeze(1).unsqueeze(1), size=(2, 5, 9), mode="trilinear", align_corners=True))),
                (torch.randn(2, 3, 6),), (torch.randn(4, 3, 6),), BATCH)


@network(11)
def super_resolution():
    return image_case(nn.Sequential(nn.Conv2d(3, 12, 3, padding=1), nn.ReLU(), nn.PixelShuffle(2), nn.Conv2d(3, 2, 3, padding=1), nn.PixelUnshuffle(2)), size=8)


@network(16)
def spatial_transformer():
    class Transformer(nn.Module):
        def forward(self, x, grid):
            return tuple(F.grid_sample(x, grid, mode=mode, padding_mode=pad, align_corners=corners) for mode in ("bilinear", "nearest", "bicubic") for pad in ("zeros", "border", "reflection") for corners in (False, True))
    return Case(Transformer(), (torch.randn(2, 3, 6, 7), torch.rand(2, 4, 5, 2) * 2.4 - 1.2), (torch.randn(4, 3, 6, 7), torch.rand(4, 4, 5, 2) * 2.4 - 1.2), {0: {0: "N"}, 1: {0: "N"}})

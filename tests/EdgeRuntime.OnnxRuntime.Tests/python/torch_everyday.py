"""Normalizations, losses and the functions between the layers."""
import torch
import torch.nn.functional as F
from torch import nn

from torch_case import BATCH, Case, Lambda, network, opset, settle


@network(11)
def normalizations():
    class Norms(nn.Module):
        def __init__(self):
            super().__init__()
            self.group, self.layer, self.instance, self.plain = nn.GroupNorm(3, 6), nn.LayerNorm((6, 8)), nn.InstanceNorm2d(6, affine=True), nn.LayerNorm(8, elementwise_affine=False)

        def forward(self, x):
            # At opset 17 the exporter writes a LayerNormalization without a scale, which ONNX does not allow.
            plain = self.plain(x) if opset() < 17 else x
            return self.group(x), self.layer(x.transpose(1, 2)), self.instance(x), plain, F.normalize(x, dim=1), F.normalize(x, p=1.0, dim=-1)
    return Case(settle(Norms()), (torch.randn(2, 6, 5, 8),), (torch.randn(3, 6, 5, 8),), BATCH)


@network(9)
def embedding_mean():
    class Bag(nn.Module):
        def __init__(self):
            super().__init__()
            self.embedding, self.head = nn.Embedding(40, 8), nn.Linear(8, 3)

        def forward(self, tokens):
            x = self.embedding(tokens)
            mask = (tokens != 0).float().unsqueeze(-1)
            return self.head((x * mask).sum(1) / mask.sum(1).clamp(min=1.0)), self.head(x.mean(dim=1))
    return Case(Bag(), (torch.randint(0, 40, (3, 6)),), (torch.randint(0, 40, (2, 10)),), {0: {0: "N", 1: "T"}})


@network(12)
def einsums():
    return Case(Lambda(lambda a, b: (torch.einsum("bij,bjk->bik", a, b), torch.einsum("bij,bjk->bki", a, b), torch.einsum("bij->bji", a), torch.einsum("bij->b", a), torch.einsum("...ij,...jk->...ik", a, b), torch.einsum("bii->bi", a @ b))),
                (torch.randn(2, 4, 5), torch.randn(2, 5, 4)), (torch.randn(3, 4, 5), torch.randn(3, 5, 4)), {0: {0: "N"}, 1: {0: "N"}})


@network(11)
def sorts_and_sums():
    class Everyday(nn.Module):
        def forward(self, x):
            values, indices = torch.topk(x, 3, dim=-1)
            ordered, order = torch.sort(x, dim=1, descending=True)
            low, _ = torch.topk(x, 2, dim=1, largest=False)
            return values, indices, ordered, order, low, torch.cumsum(x, dim=1), x.argmax(dim=-1), x.argmin(dim=1, keepdim=True), torch.argsort(x, dim=-1, descending=True)
    return Case(Everyday(), (torch.randn(2, 6, 7),), (torch.randn(5, 6, 7),), BATCH)


@network(11)
def reductions():
    class Reductions(nn.Module):
        def forward(self, x):
            return (x.mean(-1), x.sum((0, 2)), x.amax(1), x.amin((1, 2), keepdim=True), x.prod(1), x.norm(dim=-1), x.norm(1, dim=1), x.logsumexp(-1), x.std(dim=1), x.var(dim=(0, 1), unbiased=False), x.max(), x.min(dim=1)[0], x.max(dim=2)[1],
                    torch.std_mean(x, dim=-1)[0], (x > 0).any(dim=1) if opset() >= 9 else x, (x > -9).all(dim=2))
    return Case(Reductions(), (torch.randn(3, 4, 5),), (torch.randn(6, 4, 5),), BATCH)


@network(11)
def gathers_and_scatters():
    class Everyday(nn.Module):
        def forward(self, x, index, rows):
            zeros = torch.zeros_like(x)
            y = x.clone()
            y[:, 1:3] = 7.0
            z = x.clone()
            z[rows] = x[rows] * 2
            return (torch.gather(x, 1, index), zeros.scatter(1, index, x), x[rows], x.index_select(0, rows), x[:, rows], y, z, x[..., ::2], x[:, -1], x[rows, rows],
                    zeros.index_add(0, rows, x[rows]) if opset() >= 16 else zeros, zeros.scatter_add(1, index, x) if opset() >= 16 else zeros)
    index = torch.stack([torch.randperm(5) for _ in range(4)])
    return Case(Everyday(), (torch.randn(4, 5), index, torch.tensor([2, 0, 3])))


@network(11)
def masks_and_wheres():
    class Masks(nn.Module):
        def forward(self, x, mask):
            filled = x.masked_fill(mask, -1e9)
            return (F.softmax(filled, dim=-1), torch.where(mask, x, -x), x.masked_select(mask), x[mask], torch.nonzero(mask), (x > 0.5) & ~mask, (x >= 0) | (x < -1), torch.isnan(x), x.clamp(-0.5, 0.8), x.clamp(min=0.1), mask.long().sum(), torch.ne(x, 0), mask ^ (x > 0))
    return Case(Masks(), (torch.randn(3, 4), torch.rand(3, 4) > 0.5), (torch.randn(5, 4), torch.rand(5, 4) > 0.5), {0: {0: "N"}, 1: {0: "N"}})


@network(9)
def elementwise_maths():
    class Maths(nn.Module):
        def forward(self, x, y):
            p = x.abs() + 0.1
            return (x.exp(), p.log(), p.sqrt(), p.rsqrt(), x.sin(), x.cos(), x.tanh(), x.sigmoid(), x.neg(), x.abs(), x.floor(), x.ceil(), x.sign(), p.reciprocal(), x.erf(), x.atan(), (x / 9).asin(), (x / 9).acos(), x.tan(),
                    torch.pow(p, 2.5), torch.pow(2.0, x), p ** y, x * y, x / p, x - y, torch.max(x, y), torch.min(x, y), p.log2(), p.log1p(), torch.where(x > y, x, y), p.log10(), x.square())
    return Case(Maths(), (torch.randn(3, 4), torch.randn(3, 4)), (torch.randn(6, 4), torch.randn(6, 4)), {0: {0: "N"}, 1: {0: "N"}})


@network(11)
def integer_maths():
    class Integers(nn.Module):
        def forward(self, a, b):
            return (a + b, a * b, a - b, torch.div(a, b, rounding_mode="floor"), torch.div(a, b, rounding_mode="trunc"), torch.remainder(a, b), torch.fmod(a, b), a.float() / b, a.abs(), -a, (a > b).int(), a.to(torch.float64), a.to(torch.uint8), torch.round(a.float() / 2), a.sum(), a.max(), a.float().remainder(3.0), a % 4)
    return Case(Integers(), (torch.tensor([7, -7, 9, -9, 5]), torch.tensor([2, 2, -4, -4, 5])), (torch.tensor([7, -7, 9]), torch.tensor([3, -3, 5])), {0: {0: "N"}, 1: {0: "N"}})


@network(11)
def shapes_and_views():
    class Shapes(nn.Module):
        def forward(self, x):
            n, c, h, w = x.shape
            return (x.view(n, -1), x.reshape(-1, c, h * w), x.permute(0, 2, 3, 1), x.flatten(1, 2), x.unsqueeze(1), x[:, :1].squeeze(1), torch.cat([x, x * 2], 1), torch.stack([x, -x], 2), x.expand(2, *x.shape), x.repeat(1, 2, 1, 1), torch.chunk(x, 2, 1)[1],
                    torch.split(x, [1, 3], 1)[1], x.transpose(1, 3), torch.flip(x, [2]), torch.roll(x, 1, 3), x.narrow(2, 1, 2), x.new_zeros(n, 2), torch.arange(h), torch.full((n, 2), 3.0), torch.ones_like(x), torch.linspace(0, 1, 5), x.unfold(3, 2, 1), torch.tensor(x.shape[0]), torch.zeros(n, h).to(x) + 1)
    return Case(Shapes(), (torch.randn(2, 4, 3, 5),), (torch.randn(3, 4, 3, 5),), BATCH)


@network(11)
def fully_convolutional():
    return Case(settle(nn.Sequential(nn.Conv2d(3, 6, 3, 2, 1), nn.BatchNorm2d(6), nn.LeakyReLU(0.2), nn.Conv2d(6, 6, 3, padding=2, dilation=2), nn.SiLU(), nn.AdaptiveAvgPool2d(1), nn.Conv2d(6, 4, 1), nn.Flatten())),
                (torch.randn(1, 3, 13, 17),), (torch.randn(2, 3, 24, 11),), {0: {0: "N", 2: "H", 3: "W"}})


@network(11)
def unet():
    class Unet(nn.Module):
        def __init__(self):
            super().__init__()
            self.a, self.b, self.c = nn.Conv2d(3, 6, 3, padding=1), nn.Conv2d(6, 12, 3, padding=1), nn.Conv2d(18, 6, 3, padding=1)
            self.up, self.out = nn.ConvTranspose2d(12, 12, 2, 2), nn.Conv2d(6, 2, 1)

        def forward(self, x):
            a = F.relu(self.a(x))
            b = F.relu(self.b(F.max_pool2d(a, 2)))
            return self.out(F.relu(self.c(torch.cat([a, self.up(b)], 1))))
    return Case(Unet(), (torch.randn(1, 3, 8, 12),), (torch.randn(2, 3, 16, 4),), {0: {0: "N", 2: "H", 3: "W"}})


@network(12)
def distances():
    return Case(Lambda(lambda a, b: (torch.cdist(a, b), F.cosine_similarity(a, b), F.pairwise_distance(a, b), torch.bmm(a.unsqueeze(1), b.unsqueeze(2)), torch.addmm(a @ a.t(), a, b.t(), beta=0.5, alpha=2.0), torch.baddbmm(a.unsqueeze(2) @ a.unsqueeze(1), a.unsqueeze(2), b.unsqueeze(1)), a @ b[0], torch.dot(a[0], b[0]), torch.outer(a[0], b[0]))),
                (torch.randn(4, 6), torch.randn(4, 6)))


@network(12)
def one_hot_and_losses():
    class Losses(nn.Module):
        def forward(self, x, target):
            return F.one_hot(target, 5), F.binary_cross_entropy_with_logits(x, torch.sigmoid(x)), (x - x * 0.9).square().mean(), F.kl_div(x.log_softmax(1), x.softmax(1), reduction="sum")
    return Case(Losses(), (torch.randn(3, 5), torch.tensor([1, 4, 0])), (torch.randn(4, 5), torch.tensor([1, 4, 0, 2])), {0: {0: "N"}, 1: {0: "N"}})


@network(12)
def classification_losses():
    class Losses(nn.Module):
        def __init__(self):
            super().__init__()
            self.register_buffer("weight", torch.rand(5))

        def forward(self, x, target):
            return F.cross_entropy(x, target), F.cross_entropy(x, target, weight=self.weight, ignore_index=1, reduction="sum"), F.nll_loss(x.log_softmax(1), target, reduction="none")
    return Case(Losses(), (torch.randn(3, 5), torch.tensor([1, 4, 0])), (torch.randn(4, 5), torch.tensor([1, 4, 0, 2])), {0: {0: "N"}, 1: {0: "N"}})


@network(13)
def fake_quantized():
    class Quantized(nn.Module):
        def __init__(self):
            super().__init__()
            self.weight = nn.Parameter(torch.randn(4, 6))

        def forward(self, x):
            w = torch.fake_quantize_per_channel_affine(self.weight, torch.full((4,), 0.02), torch.zeros(4, dtype=torch.int32), 0, -128, 127)
            return F.linear(torch.fake_quantize_per_tensor_affine(x, 0.03, 128, 0, 255), w)
    return Case(Quantized(), (torch.randn(3, 6),), (torch.randn(5, 6),), BATCH)

"""Recurrent networks and attention."""
import math

import torch
import torch.nn.functional as F
from torch import nn

from torch_case import Case, image_case, network, opset, settle


def recurrent(kind, layers, bidirectional, batch_first=False, **more):
    directions = 2 if bidirectional else 1
    module = kind(6, 10, layers, bidirectional=bidirectional, batch_first=batch_first, **more)
    is_lstm = kind is nn.LSTM

    class Stateful(nn.Module):
        def __init__(self):
            super().__init__()
            self.rnn = module
            self.head = nn.Linear(10 * directions, 3)

        def forward(self, x, h, *c):
            y, states = self.rnn(x, (h, c[0]) if is_lstm else h)
            return (self.head(y),) + (states if is_lstm else (states,))

    def inputs(steps, batch):
        x = torch.randn(batch, steps, 6) if batch_first else torch.randn(steps, batch, 6)
        return (x,) + tuple(torch.randn(layers * directions, batch, 10) for _ in range(2 if is_lstm else 1))

    axes = {0: {0: "N", 1: "T"} if batch_first else {0: "T", 1: "N"}, 1: {1: "N"}}
    names, outputs = ["x", "h0"], ["y", "hn"]
    if is_lstm:
        axes[2] = {1: "N"}
        names.append("c0")
        outputs.append("cn")
    return Case(Stateful(), inputs(5, 2), inputs(9, 3), axes, names, outputs)


@network()
def lstm():
    return recurrent(nn.LSTM, 1, False)


@network()
def lstm_two_layers_bidirectional():
    return recurrent(nn.LSTM, 2, True)


@network()
def lstm_batch_first():
    return recurrent(nn.LSTM, 2, False, batch_first=True)


@network()
def lstm_without_bias():
    return recurrent(nn.LSTM, 1, True, bias=False)


@network()
def gru():
    return recurrent(nn.GRU, 1, False)


@network()
def gru_two_layers_bidirectional():
    return recurrent(nn.GRU, 2, True, batch_first=True)


@network()
def rnn_tanh():
    return recurrent(nn.RNN, 2, False)


@network()
def rnn_relu_bidirectional():
    return recurrent(nn.RNN, 1, True, nonlinearity="relu")


@network(9)
def lstm_of_zeros():
    # The initial states are computed from the batch's size inside the graph.
    class Tagger(nn.Module):
        def __init__(self):
            super().__init__()
            self.embedding = nn.Embedding(30, 8, padding_idx=0)
            self.rnn = nn.LSTM(8, 6, 2, bidirectional=True, batch_first=True, dropout=0.1)
            self.head = nn.Linear(12, 4)

        def forward(self, tokens):
            y, (h, _) = self.rnn(self.embedding(tokens))
            return self.head(y), torch.cat([h[-2], h[-1]], 1)
    return Case(Tagger(), (torch.randint(0, 30, (2, 7)),), (torch.randint(0, 30, (4, 11)),), {0: {0: "N", 1: "T"}})


@network(9)
def lstm_cell_unrolled():
    class Unrolled(nn.Module):
        def __init__(self):
            super().__init__()
            self.cell, self.gate = nn.LSTMCell(4, 5), nn.GRUCell(5, 5)

        def forward(self, x):
            h = c = g = torch.zeros(x.shape[1], 5)
            for step in range(3):
                h, c = self.cell(x[step], (h, c))
                g = self.gate(h, g)
            return h, c, g
    return Case(Unrolled(), (torch.randn(3, 2, 4),), (torch.randn(3, 6, 4),), {0: {1: "N"}})


@network(11)
def packed_sequences():
    class Packed(nn.Module):
        def __init__(self):
            super().__init__()
            self.rnn = nn.GRU(4, 5, batch_first=True)

        def forward(self, x, lengths):
            packed = nn.utils.rnn.pack_padded_sequence(x, lengths, batch_first=True)
            y, h = self.rnn(packed)
            return nn.utils.rnn.pad_packed_sequence(y, batch_first=True)[0], h
    # The exporter writes the batch's size into the initial state.
    return Case(Packed(), (torch.randn(3, 6, 4), torch.tensor([6, 4, 1])), (torch.randn(3, 8, 4), torch.tensor([8, 3, 2])), {0: {1: "T"}})




def encoder_layer(**more):
    # The fused inference path of TransformerEncoderLayer has no ONNX form; an activation that it does not know keeps it out of the way.
    return nn.TransformerEncoderLayer(16, 4, 32, dropout=0.1, activation=lambda x: F.gelu(x), batch_first=True, **more)


@network(11)
def transformer_encoder():
    class Encoder(nn.Module):
        def __init__(self):
            super().__init__()
            self.embedding = nn.Embedding(50, 16)
            self.position = nn.Parameter(torch.randn(1, 32, 16) * 0.1)
            self.encoder = nn.TransformerEncoder(encoder_layer(), 2, nn.LayerNorm(16))
            self.head = nn.Linear(16, 7)

        def forward(self, tokens):
            x = self.embedding(tokens) * math.sqrt(16) + self.position[:, : tokens.shape[1]]
            return self.head(self.encoder(x).mean(dim=1))
    return Case(settle(Encoder()), (torch.randint(0, 50, (2, 9)),), (torch.randint(0, 50, (3, 17)),), {0: {0: "N", 1: "T"}})


@network(11)
def transformer_encoder_masked():
    class Encoder(nn.Module):
        def __init__(self):
            super().__init__()
            self.encoder = nn.TransformerEncoder(encoder_layer(norm_first=True), 2, enable_nested_tensor=False)

        def forward(self, x, padding):
            return self.encoder(x, src_key_padding_mask=padding)
    return Case(settle(Encoder()), (torch.randn(2, 5, 16), torch.tensor([[False] * 5, [False] * 3 + [True] * 2])), (torch.randn(3, 8, 16), torch.arange(8) >= torch.tensor([[8], [1], [5]])), {0: {0: "N", 1: "T"}, 1: {0: "N", 1: "T"}})


@network(14)
def transformer_decoder_causal():
    class Decoder(nn.Module):
        def __init__(self):
            super().__init__()
            layer = nn.TransformerDecoderLayer(16, 2, 24, activation=F.relu, batch_first=True)
            self.decoder = nn.TransformerDecoder(layer, 1)

        def forward(self, x, memory):
            mask = torch.triu(torch.full((x.shape[1], x.shape[1]), float("-inf")), diagonal=1)
            return self.decoder(x, memory, tgt_mask=mask)
    return Case(settle(Decoder()), (torch.randn(2, 5, 16), torch.randn(2, 3, 16)), (torch.randn(1, 9, 16), torch.randn(1, 4, 16)), {0: {0: "N", 1: "T"}, 1: {0: "N", 1: "S"}})


@network(11)
def attention_by_hand():
    class Attention(nn.Module):
        def __init__(self):
            super().__init__()
            self.qkv, self.out, self.norm = nn.Linear(12, 36), nn.Linear(12, 12), nn.LayerNorm(12)

        def forward(self, x):
            n, t, d = x.shape
            q, k, v = self.qkv(self.norm(x)).view(n, t, 3, 3, 4).permute(2, 0, 3, 1, 4).unbind(0)
            scores = torch.matmul(q, k.transpose(-2, -1)) / math.sqrt(4)
            mask = torch.ones(t, t).tril().bool() if opset() >= 14 else torch.arange(t).unsqueeze(0) <= torch.arange(t).unsqueeze(1)
            y = scores.masked_fill(~mask, float("-inf")).softmax(dim=-1) @ v
            return x + self.out(y.transpose(1, 2).contiguous().view(n, t, d))
    return Case(settle(Attention()), (torch.randn(2, 6, 12),), (torch.randn(3, 11, 12),), {0: {0: "N", 1: "T"}})


@network(11)
def multihead_attention_weights():
    class Attends(nn.Module):
        def __init__(self):
            super().__init__()
            self.attention = nn.MultiheadAttention(12, 3, kdim=5, vdim=7, add_bias_kv=True, add_zero_attn=True)

        def forward(self, q, k, v):
            return self.attention(q, k, v)
    return Case(Attends(), (torch.randn(4, 2, 12), torch.randn(6, 2, 5), torch.randn(6, 2, 7)))


@network(12)
def vision_transformer():
    class Vision(nn.Module):
        def __init__(self):
            super().__init__()
            self.patch = nn.Conv2d(3, 16, 4, 4)
            self.token = nn.Parameter(torch.randn(1, 1, 16))
            self.position = nn.Parameter(torch.randn(1, 17, 16))
            self.layer = encoder_layer(norm_first=True)
            self.head = nn.Sequential(nn.LayerNorm(16), nn.Linear(16, 5))

        def forward(self, x):
            x = self.patch(x).flatten(2).transpose(1, 2)
            x = torch.cat([self.token.expand(x.shape[0], -1, -1), x], dim=1) + self.position
            return self.head(self.layer(x)[:, 0])
    return image_case(Vision())

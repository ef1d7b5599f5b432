using Toolkit.Numerics;
using Toolkit.Onnx;
using O = Toolkit.Onnx.Operators;

namespace Toolkit.EdgeRuntime.Tests;

/// <summary>Networks with random weights.</summary>
internal static class Networks
{
    /// <summary>x [N, sizes[0]] through dense layers with the given activations to y [N, sizes[^1]].</summary>
    public static OnnxModel Mlp(int seed, int[] sizes, Operator[] activations, bool asMatMul = false)
    {
        var random = new RandomTensors(seed);
        var builder = new ModelBuilder().Input("x", "N", sizes[0]);
        string value = "x";
        for (int layer = 0; layer + 1 < sizes.Length; layer++)
        {
            string w = builder.Constant(random.Scaled(1 / MathF.Sqrt(sizes[layer]), sizes[layer], sizes[layer + 1]));
            string b = builder.Constant(random.Float(sizes[layer + 1]));
            value = asMatMul ? builder.Node(new O.Add(), builder.Node(new O.MatMul(), value, w), b) : builder.Node(new O.Gemm(), value, w, b);
            value = builder.Node(activations[layer], value);
        }

        return builder.Output(value).Build();
    }

    /// <summary>The book's first network: 784-512 relu-10 softmax.</summary>
    public static OnnxModel MnistMlp() => Mlp(1, [784, 512, 10], [new O.Relu(), new O.Softmax()]);

    /// <summary>x [N, 3, 16, 12] through padded, depthwise, normalised, transposed and pooled convolutions to y [N, 5]: everything that fuses.</summary>
    public static OnnxModel Convolutional()
    {
        var random = new RandomTensors(6);
        var builder = new ModelBuilder().Input("x", "N", 3, 16, 12);
        string value = builder.Node(new O.Pad(), "x", builder.Constant(Tensor.Vector(0L, 0L, 0L, 0L, 0L, 0L, 1L, 1L)));
        value = builder.Node(new O.Conv([3, 3], [2, 2]), value, Weights(8, 3, 3, 3));
        value = builder.Node(new O.BatchNormalization(1e-3f), value, Weights(8), Weights(8), Weights(8), builder.Constant(random.Positive(8)));
        value = builder.Node(new O.Relu(), value);
        value = builder.Node(new O.Conv([3, 3], Pads: [1, 1, 1, 1], Group: 8), value, Weights(8, 1, 3, 3), Weights(8));
        value = builder.Node(new O.Mul(), value, Weights(8, 1, 1));
        value = builder.Node(new O.Tanh(), builder.Node(new O.Add(), Weights(1, 8, 1, 1), value));
        value = builder.Node(new O.ConvTranspose([2, 2], [2, 2], Group: 2), value, Weights(8, 3, 2, 2), Weights(6));
        value = builder.Node(new O.BatchNormalization(), value, Weights(6), Weights(6), Weights(6), builder.Constant(random.Positive(6)));
        value = builder.Node(new O.MaxPool([2, 2], [2, 2], CeilMode: true), value);
        value = builder.Node(new O.AveragePool([2, 2], Pads: [1, 0, 0, 1]), value);
        value = builder.Node(new O.Sigmoid(), builder.Node(new O.Conv([1, 1]), value, Weights(7, 6, 1, 1), Weights(7)));
        value = builder.Node(new O.Flatten(), builder.Node(new O.GlobalAveragePool(), value));
        value = builder.Node(new O.Gemm(0.5f, 2f, false, true), value, Weights(5, 7), Weights(5));
        value = builder.Node(new O.BatchNormalization(), value, Weights(5), Weights(5), Weights(5), builder.Constant(random.Positive(5)));
        return builder.Output(builder.Node(new O.Softmax(), value)).Build();

        string Weights(params int[] shape) => builder.Constant(random.Scaled(1, shape));
    }

    /// <summary>A network with branches, views, reductions and a shape computation, whose memory overlaps in many ways.</summary>
    public static OnnxModel Branched()
    {
        var random = new RandomTensors(5);
        var builder = new ModelBuilder().Input("x", "N", 4, 6);
        string batch = builder.Node(new O.Gather(0), builder.Node(new O.Shape(), "x"), builder.Constant(Tensor.Vector(0L)));
        string shape = builder.Node(new O.Concat(0), batch, builder.Constant(Tensor.Vector(-1L)));
        string flat = builder.Node(new O.Reshape(), "x", shape);
        string left = builder.Node(new O.Tanh(), builder.Node(new O.Gemm(), flat, builder.Constant(random.Float(24, 24)), builder.Constant(random.Float(24))));
        string right = builder.Node(new O.Sigmoid(), flat);
        string sum = builder.Node(new O.Add(), left, right);
        string cube = builder.Node(new O.Reshape(), sum, builder.Node(new O.Shape(), "x"));
        string turned = builder.Node(new O.Transpose(new IntList(0, 2, 1)), cube);
        string product = builder.Node(new O.MatMul(), turned, "x");
        string mean = builder.Node(new O.ReduceMean(true), product, builder.Constant(Tensor.Vector(-1L)));
        string centred = builder.Node(new O.Sub(), product, mean);
        string squared = builder.Node(new O.Mul(), centred, centred);
        string sliced = builder.Node(new O.Slice(), squared, builder.Constant(Tensor.Vector(1L)), builder.Constant(Tensor.Vector(5L)), builder.Constant(Tensor.Vector(2L)), builder.Constant(Tensor.Vector(2L)));
        string best = builder.Node(new O.ArgMax(1, false), sliced);
        return builder.Output(sliced, best, sum).Build();
    }
}

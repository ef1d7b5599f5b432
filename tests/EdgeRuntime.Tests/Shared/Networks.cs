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

using Toolkit.Numerics;
using Toolkit.Onnx;
using O = Toolkit.Onnx.Operators;

namespace Toolkit.Tests.Networks;

/// <summary>
/// Networks of well-known form with random weights, for measurements and for tests that need something the size of a real model. Each call makes the same bytes. The input is named
/// "x", its first dimension the symbolic batch N.
/// </summary>
internal static class ReferenceNetworks
{
    /// <summary>The names of all.</summary>
    public static IReadOnlyList<string> Names { get; } = ["mobilenet", "mobilenet-v2", "resnet18", "lstm"];

    /// <summary>The network of a name.</summary>
    /// <exception cref="ArgumentException">There is no such network.</exception>
    public static OnnxModel Create(string name) => name switch
    {
        "mobilenet" => MobileNet(),
        "mobilenet-v2" => MobileNetV2(),
        "resnet18" => ResNet18(),
        "lstm" => Lstm(),
        _ => throw new ArgumentException($"ReferenceNetworks: expected one of {string.Join(", ", Names)}, got '{name}'.", nameof(name)),
    };

    /// <summary>
    /// Depthwise-separable convolutions (Howard et al., arXiv:1704.04861) with the width multiplier 0.5: 13 blocks of 3×3 depthwise, batch normalization, ReLU6, 1×1 pointwise, batch
    /// normalization, ReLU6, behind a strided 3×3 convolution. [N, 3, size, size] to [N, classes] logits.
    /// </summary>
    public static OnnxModel MobileNet(int size = 96, int classes = 10)
    {
        var builder = new NetworkBuilder(1);
        string x = builder.Input("x", "N", 3, size, size);
        x = Relu6(builder, builder.ConvBatchNorm(x, 3, 16, 3, 2));
        int channels = 16;
        foreach ((int outputs, int stride) in ((int, int)[])[(32, 1), (64, 2), (64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (256, 1), (256, 1), (256, 1), (256, 1), (512, 2), (512, 1)])
        {
            x = Relu6(builder, builder.ConvBatchNorm(x, channels, channels, 3, stride, channels));
            x = Relu6(builder, builder.ConvBatchNorm(x, channels, outputs, 1, 1));
            channels = outputs;
        }

        return Classifier(builder, x, channels, classes);
    }

    /// <summary>
    /// Inverted residuals (Sandler et al., arXiv:1801.04381) with the width multiplier 0.5: 17 blocks that widen six times by a pointwise convolution, filter depthwise, and narrow without an
    /// activation; a sum where input and output have one shape. [N, 3, size, size] to [N, classes] logits.
    /// </summary>
    public static OnnxModel MobileNetV2(int size = 96, int classes = 10)
    {
        var builder = new NetworkBuilder(2);
        string x = builder.Input("x", "N", 3, size, size);
        x = Relu6(builder, builder.ConvBatchNorm(x, 3, 16, 3, 2));
        int channels = 16;
        foreach ((int expansion, int outputs, int repeats, int firstStride) in ((int, int, int, int)[])
            [(1, 8, 1, 1), (6, 16, 2, 2), (6, 16, 3, 2), (6, 32, 4, 2), (6, 48, 3, 1), (6, 80, 3, 2), (6, 160, 1, 1)])
        {
            for (int repeat = 0; repeat < repeats; repeat++)
            {
                int stride = repeat == 0 ? firstStride : 1;
                int wide = channels * expansion;
                string y = expansion == 1 ? x : Relu6(builder, builder.ConvBatchNorm(x, channels, wide, 1, 1));
                y = Relu6(builder, builder.ConvBatchNorm(y, wide, wide, 3, stride, wide));
                y = builder.ConvBatchNorm(y, wide, outputs, 1, 1);
                x = stride == 1 && channels == outputs ? builder.Node(new O.Add(), x, y) : y;
                channels = outputs;
            }
        }

        x = Relu6(builder, builder.ConvBatchNorm(x, channels, 640, 1, 1));
        return Classifier(builder, x, 640, classes);
    }

    /// <summary>
    /// A residual network of 18 layers (He et al., arXiv:1512.03385): a strided 7×7 convolution, max pooling, and four stages of two blocks of two 3×3 convolutions with 64 to 512
    /// channels. [N, 3, size, size] to [N, classes] logits.
    /// </summary>
    public static OnnxModel ResNet18(int size = 96, int classes = 10)
    {
        var builder = new NetworkBuilder(3);
        string x = builder.Input("x", "N", 3, size, size);
        x = builder.Node(new O.Relu(), builder.ConvBatchNorm(x, 3, 64, 7, 2));
        x = builder.Node(new O.MaxPool([3, 3], [2, 2], [1, 1, 1, 1]), x);
        int channels = 64;
        foreach (int outputs in (int[])[64, 128, 256, 512])
        {
            for (int block = 0; block < 2; block++)
            {
                int stride = block == 0 && outputs > 64 ? 2 : 1;
                string y = builder.Node(new O.Relu(), builder.ConvBatchNorm(x, channels, outputs, 3, stride));
                y = builder.ConvBatchNorm(y, outputs, outputs, 3, 1);
                string shortcut = stride == 1 && channels == outputs ? x : builder.ConvBatchNorm(x, channels, outputs, 1, stride);
                x = builder.Node(new O.Relu(), builder.Node(new O.Add(), y, shortcut));
                channels = outputs;
            }
        }

        return Classifier(builder, x, channels, classes);
    }

    /// <summary>A layer of long short-term memory over all steps and a dense layer on its last state: [N, steps, width] to [N, classes] logits.</summary>
    public static OnnxModel Lstm(int steps = 28, int width = 28, int hidden = 128, int classes = 10)
    {
        var builder = new NetworkBuilder(4);
        string x = builder.Node(new O.Transpose([1, 0, 2]), builder.Input("x", "N", steps, width));
        double deviation = Math.Sqrt(1.0 / hidden);
        builder.Node(
            new O.LSTM(hidden),
            [x, builder.Normal(deviation, 0, 1, 4 * hidden, width), builder.Normal(deviation, 0, 1, 4 * hidden, hidden), builder.Normal(deviation, 0, 1, 8 * hidden)],
            ["", "last"]);
        string state = builder.Node(new O.Squeeze(), "last", builder.Constant(Tensor.Vector(0L)));
        return builder.Build(builder.Dense(state, hidden, classes));
    }

    private static string Relu6(NetworkBuilder builder, string x) => builder.Node(new O.Clip(), x, builder.Constant(Tensor.Scalar(0f)), builder.Constant(Tensor.Scalar(6f)));

    private static OnnxModel Classifier(NetworkBuilder builder, string x, int channels, int classes)
    {
        x = builder.Node(new O.Flatten(), builder.Node(new O.GlobalAveragePool(), x));
        return builder.Build(builder.Dense(x, channels, classes));
    }
}

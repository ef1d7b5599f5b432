using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;
using Toolkit.Onnx.Operators;
using Toolkit.Trainer.Autograd.Functions;
using Shape = Toolkit.Numerics.Shape;

namespace Toolkit.Trainer.Tests.Autograd.Functions;

/// <summary>Convolutions for the tests that go over all functions, on every path of the kernels: positions in the lanes, samples in the lanes, depthwise.</summary>
internal static class ConvolutionFunctionCases
{
    public static IReadOnlyList<FunctionCase> All { get; } =
    [
        new("Conv", new ConvFunction(new Conv()), Values(1, 2, 3, 4, 5), Values(2, 2, 3, 2, 3), Values(3, 2)),
        new("Conv, no bias, strides, pads and dilations", new ConvFunction(new Conv(Strides: [2, 1], Pads: [1, 0, 2, 1], Dilations: [1, 2])), Values(4, 2, 2, 5, 6), Values(5, 3, 2, 3, 2)),
        new("Conv, groups", new ConvFunction(new Conv(Group: 2), ActivationKind.Tanh), Values(6, 2, 4, 3, 4), Values(7, 4, 2, 2, 2), Values(8, 4)),
        new("Conv, depthwise with a multiplier", new ConvFunction(new Conv(Pads: [1, 1, 1, 1], Strides: [2, 2], Group: 3)), Values(9, 2, 3, 5, 4), Values(10, 6, 1, 3, 3), Values(11, 6)),
        new("Conv, sequences", new ConvFunction(new Conv(Pads: [2, 0], Strides: [2]), ActivationKind.Sigmoid), Values(12, 2, 2, 7), Values(13, 3, 2, 3), Values(14, 3)),
        new("Conv, relu", new ConvFunction(new Conv(), ActivationKind.Relu), Values(32, 1, 2, 3, 3), Values(33, 2, 2, 2, 2), Values(34, 2)),
        new("Conv, large batch", new ConvFunction(new Conv(Pads: [1, 0, 0, 1])), Values(15, 16, 8, 3, 2), Values(16, 8, 8, 2, 2), Values(17, 8)),
        new("ConvTranspose", new ConvTransposeFunction(new ConvTranspose()), Values(18, 2, 3, 3, 4), Values(19, 3, 2, 2, 3), Values(20, 2)),
        new(
            "ConvTranspose, strides, pads and output padding",
            new ConvTransposeFunction(new ConvTranspose(Strides: [2, 3], Pads: [1, 0, 0, 1], OutputPadding: [1, 2]), ActivationKind.Tanh),
            Values(21, 2, 2, 3, 3),
            Values(22, 2, 3, 3, 3),
            Values(23, 3)),
        new("ConvTranspose, groups and dilations", new ConvTransposeFunction(new ConvTranspose(Dilations: [2, 1], Group: 2)), Values(24, 2, 4, 3, 2), Values(25, 4, 1, 2, 3)),
        new("ConvTranspose, sequences", new ConvTransposeFunction(new ConvTranspose(Strides: [2])), Values(26, 2, 3, 4), Values(27, 3, 2, 3), Values(28, 2)),
        new("ConvTranspose, large batch", new ConvTransposeFunction(new ConvTranspose(Strides: [2, 2]), ActivationKind.Sigmoid), Values(29, 16, 8, 2, 2), Values(30, 8, 4, 3, 3), Values(31, 4)),
    ];

    // Magnitudes in [0.1, 1.1) over the root of a typical number of terms, either sign: sums stay where activations bend.
    private static Tensor<double> Values(ulong stream, params int[] shape)
    {
        var values = new Tensor<double>(new Shape(shape));
        var random = new CounterRandom(8, stream);
        foreach (ref double value in values.Span)
        {
            value = ((random.NextInt32(2) * 2) - 1) * (0.1 + random.NextDouble()) / 2;
        }

        return values;
    }
}

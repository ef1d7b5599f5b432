using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;
using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Autograd.Functions;

namespace Toolkit.Trainer.Tests.Autograd.Functions;

/// <summary>One or more applications of every function, with inputs away from kinks, for tests that go over all of them.</summary>
internal static class FunctionCases
{
    public static IReadOnlyList<FunctionCase> All { get; } =
    [
        new("Add", AddFunction.Instance, Values(1, 3, 4), Values(2, 3, 4)),
        new("Add, row", AddFunction.Instance, Values(3, 3, 4), Values(4, 4)),
        new("Add, column and middle", AddFunction.Instance, Values(5, 2, 1, 4), Values(6, 3, 1)),
        new("Add, scalar", AddFunction.Instance, Values(7), Values(8, 2, 3)),
        new("AddRelu", AddReluFunction.Instance, Values(31, 3, 4), Values(32, 3, 4)),
        new("Sub", SubFunction.Instance, Values(9, 3, 4), Values(10, 3, 4)),
        new("Sub, broadcast both", SubFunction.Instance, Values(11, 3, 1), Values(12, 1, 4)),
        new("Mul", MulFunction.Instance, Values(13, 3, 4), Values(14, 3, 4)),
        new("Mul, broadcast both", MulFunction.Instance, Values(15, 2, 1, 4), Values(16, 3, 1)),
        new("Div", DivFunction.Instance, Values(17, 3, 4), Positive(18, 3, 4)),
        new("Div, broadcast both", DivFunction.Instance, Values(19, 2, 3, 1), Positive(20, 4)),
        new("MatMul", MatMulFunction.Instance, Values(21, 3, 4), Values(22, 4, 2)),
        new("MatMul, stack times matrix", MatMulFunction.Instance, Values(23, 2, 3, 4), Values(24, 4, 5)),
        new("MatMul, stacks", MatMulFunction.Instance, Values(25, 2, 3, 4), Values(26, 2, 4, 5)),
        new("MatMul, both repeated", MatMulFunction.Instance, Values(27, 2, 1, 3, 4), Values(28, 3, 4, 2)),
        new("MatMul, matrix times stack", MatMulFunction.Instance, Values(29, 3, 4), Values(30, 2, 4, 5)),
        new("Gemm", new GemmFunction(), Values(31, 3, 4), Values(32, 4, 5), Values(33, 5)),
        new("Gemm, no bias", new GemmFunction(), Values(34, 3, 4), Values(35, 4, 5)),
        new("Gemm, relu", new GemmFunction(ActivationKind.Relu), Values(36, 3, 4), Values(37, 4, 5), Values(38, 5)),
        new("Gemm, sigmoid", new GemmFunction(ActivationKind.Sigmoid), Values(39, 3, 4), Values(40, 4, 5), Values(41, 5)),
        new("Gemm, tanh", new GemmFunction(ActivationKind.Tanh), Values(42, 3, 4), Values(43, 4, 5), Values(44, 5)),
        new("Relu", ReluFunction.Instance, Values(45, 3, 7)),
        new("Sigmoid", SigmoidFunction.Instance, Values(46, 3, 7)),
        new("Tanh", TanhFunction.Instance, Values(47, 3, 7)),
        new("Step", StepFunction.Instance, Values(48, 3, 7)),
        new("Identity", IdentityFunction.Instance, Values(49, 3, 7)),
        new("Softmax", SoftmaxFunction.Instance, Values(50, 3, 7)),
        new("Softmax, rank 3", SoftmaxFunction.Instance, Values(51, 2, 3, 4)),
        new("Flatten", FlattenFunction.Instance, Values(52, 2, 3, 4)),
        new("Reshape", new ReshapeFunction([6, 2]), Values(53, 2, 3, 4)),
        new("Dropout", new DropoutFunction(0.4f, 1, 2), Values(54, 5, 7)),
        .. Losses(),
        new("LabelSmoothing", new LabelSmoothingFunction(0.2, 3), Probabilities(69, 4, 3)),
        new("Regularization, L1 and L2", new RegularizationFunction(0.3, 0.2), Values(69, 4, 3)),
        new("Regularization, L1", new RegularizationFunction(0.3, 0), Values(70, 4, 3)),
        new("Regularization, L2", new RegularizationFunction(0, 0.2), Values(71, 4, 3)),
        .. ConvolutionFunctionCases.All,
        new("Abs", AbsFunction.Instance, Values(100, 3, 7)),
        new("Affine", new AffineFunction(-0.7f, 0.3f), Values(101, 3, 7)),
        new("Elu", new EluFunction(0.8f), Values(102, 3, 7)),
        new("Exp", ExpFunction.Instance, Values(103, 3, 7)),
        new("Gelu", GeluFunction.Instance, Values(104, 3, 7)),
        new("GeluTanh", GeluTanhFunction.Instance, Values(105, 3, 7)),
        new("HardSigmoid", HardSigmoidFunction.Instance, Scaled(106, 4, 3, 7)),
        new("LeakyRelu", new LeakyReluFunction(0.3f), Values(107, 3, 7)),
        new("Log", LogFunction.Instance, Positive(108, 3, 7)),
        new("Reciprocal", ReciprocalFunction.Instance, Positive(109, 3, 7)),
        new("Selu", SeluFunction.Instance, Values(110, 3, 7)),
        new("Silu", SiluFunction.Instance, Values(111, 3, 7)),
        new("Softplus", SoftplusFunction.Instance, Values(112, 3, 7)),
        new("Softsign", SoftsignFunction.Instance, Values(113, 3, 7)),
        new("Sqrt", SqrtFunction.Instance, Positive(114, 3, 7)),
        new("Square", SquareFunction.Instance, Values(115, 3, 7)),
        new("PRelu, a slope for each element", PReluFunction.Instance, Values(116, 2, 3, 4), Values(117, 3, 4)),
        new("PRelu, a slope for each channel", PReluFunction.Instance, Values(118, 2, 3, 4), Values(119, 3, 1)),
        new("Transpose", new TransposeFunction(0, 2, 1), Values(120, 2, 3, 4)),
        new("Transpose, four axes", new TransposeFunction(0, 3, 1, 2), Values(121, 2, 3, 4, 2)),
        new("Slice", new SliceFunction(1, 1, 2), Values(122, 2, 4, 3)),
        new("Slice, steps from the last axis", new SliceFunction(-1, 1, 3, 2), Values(123, 2, 7)),
        new("Slice, batch", new SliceFunction(0, 1, 2), Values(124, 4, 3)),
        new("Concat", new ConcatFunction(1), Values(125, 2, 3, 4), Values(126, 2, 1, 4), Values(127, 2, 2, 4)),
        new("Concat, last axis", new ConcatFunction(-1), Values(128, 3, 2), Values(129, 3, 5)),
        new("Pad", new PadFunction([0, 0, 1, 2], [0, 0, 3, 0]), Values(130, 2, 2, 3, 2)),
        new("Resize", new ResizeFunction(2, 3), Values(131, 2, 2, 3, 2)),
        new("Resize, bilinear", new ResizeFunction(3, 2, isBilinear: true), Values(132, 1, 2, 3, 4)),
        new("Gather", new GatherFunction(), Values(133, 5, 3), Labels(4, 5)),
        new("ReduceSum", new ReduceSumFunction([1]), Values(134, 2, 3, 4)),
        new("ReduceSum, all axes", new ReduceSumFunction([]), Values(135, 2, 3, 4)),
        new("ReduceSum, outer axes kept", new ReduceSumFunction([0, -1], keepDims: true), Values(136, 2, 3, 4)),
        new("ReduceMean", new ReduceMeanFunction([-1]), Values(137, 2, 3, 4)),
        new("ReduceMean, planes", new ReduceMeanFunction([2, 3], keepDims: true), Values(138, 2, 3, 4, 2)),
        new("MaxPool", new MaxPoolFunction(new(4, 2, 2), new(6, 2, 2)), Values(139, 2, 2, 4, 6)),
        new("MaxPool, overlapping and padded", new MaxPoolFunction(new(5, 3, 2, 1, 1), new(6, 3, 1, 1, 0)), Values(140, 2, 2, 5, 6)),
        new("MaxPool, sequences", new MaxPoolFunction(null, new(7, 3, 2)), Values(141, 2, 3, 7)),
        new("AveragePool", new AveragePoolFunction(new(4, 2, 2), new(6, 2, 2)), Values(142, 2, 2, 4, 6)),
        new("AveragePool, overlapping and padded", new AveragePoolFunction(new(5, 3, 2, 1, 1), new(6, 3, 1, 1, 0)), Values(143, 2, 2, 5, 6)),
        new("AveragePool, sequences", new AveragePoolFunction(null, new(7, 3, 2)), Values(144, 2, 3, 7)),
        new("GlobalAveragePool", new GlobalAveragePoolFunction(), Values(145, 2, 3, 4, 5)),
        new("GlobalAveragePool, axes kept", new GlobalAveragePoolFunction(keepDims: true), Values(146, 2, 3, 4)),
        new("GlobalMaxPool", new GlobalMaxPoolFunction(), Values(147, 2, 3, 4, 5)),
        new("BatchNormalization, images", new BatchNormalizationFunction(), Values(148, 3, 2, 4, 5), Values(149, 2), Values(150, 2), Values(151, 2), Positive(152, 2)),
        new("BatchNormalization, features", new BatchNormalizationFunction(0.1f), Values(153, 5, 3), Values(154, 3), Values(155, 3), Values(156, 3), Positive(157, 3)),
        new("BatchNormalization, no scale", new BatchNormalizationFunction(hasScale: false), Values(158, 5, 3), Values(159, 3), Values(160, 3), Positive(161, 3)),
        new("BatchNormalization, no bias", new BatchNormalizationFunction(hasBias: false), Values(162, 5, 3), Values(163, 3), Values(164, 3), Positive(165, 3)),
        new("BatchNormalization, frozen", new BatchNormalizationFunction(isFrozen: true), Values(166, 2, 3, 4), Values(167, 3), Values(168, 3), Values(169, 3), Positive(170, 3)),
        new("LayerNormalization", new LayerNormalizationFunction(), Values(171, 4, 6), Values(172, 6), Values(173, 6)),
        new("LayerNormalization, two axes and no bias", new LayerNormalizationFunction(-2), Values(174, 3, 2, 4), Values(175, 2, 4)),
    ];

    public static TheoryData<string> Names => [.. All.Select(item => item.Name)];

    public static FunctionCase Get(string name) => All.Single(item => item.Name == name);

    /// <summary>The losses, each without and with weights of the samples.</summary>
    private static IEnumerable<FunctionCase> Losses()
    {
        FunctionCase[] losses =
        [
            new("SoftmaxCrossEntropy", new SoftmaxCrossEntropyFunction(), Values(55, 4, 5), Probabilities(56, 4, 5)),
            new("SoftmaxCrossEntropy, targets that do not add up to 1", new SoftmaxCrossEntropyFunction(), Values(57, 4, 5), Positive(58, 4, 5)),
            new("SoftmaxCrossEntropy, sparse", new SoftmaxCrossEntropyFunction(isSparse: true), Values(59, 4, 5), Labels(4, 5)),
            new("CategoricalCrossEntropy", new CategoricalCrossEntropyFunction(), Positive(60, 4, 5), Probabilities(61, 4, 5)),
            new("CategoricalCrossEntropy, sparse", new CategoricalCrossEntropyFunction(isSparse: true), Positive(62, 4, 5), Labels(4, 5)),
            new("BinaryCrossEntropy", BinaryCrossEntropyFunction.Instance, Probabilities(63, 4, 3), Probabilities(64, 4, 3)),
            new("SigmoidCrossEntropy", SigmoidCrossEntropyFunction.Instance, Values(65, 4, 3), Probabilities(66, 4, 3)),
            new("MeanSquaredError", MeanSquaredErrorFunction.Instance, Values(67, 4, 3), Values(68, 4, 3)),
            new("MeanSquaredError, rank 3", MeanSquaredErrorFunction.Instance, Values(72, 2, 3, 2), Values(73, 2, 3, 2)),
            new("MeanAbsoluteError", MeanAbsoluteErrorFunction.Instance, Values(74, 4, 3), Values(75, 4, 3)),
            new("MeanAbsolutePercentageError", MeanAbsolutePercentageErrorFunction.Instance, Values(76, 4, 3), Values(77, 4, 3)),
            new("MeanSquaredLogarithmicError", MeanSquaredLogarithmicErrorFunction.Instance, Values(78, 4, 3), Positive(79, 4, 3)),
            new("Huber", new HuberFunction(0.7), Values(80, 4, 3), Values(81, 4, 3)),
            new("LogCosh", LogCoshFunction.Instance, Values(82, 4, 3), Values(83, 4, 3)),
            new("Hinge", HingeFunction.Instance, Values(84, 4, 3), Signs(4, 3)),
            new("SquaredHinge", SquaredHingeFunction.Instance, Values(85, 4, 3), Signs(4, 3)),
            new("CategoricalHinge", CategoricalHingeFunction.Instance, Values(86, 4, 3), OneHot(4, 3)),
            new("KlDivergence", KlDivergenceFunction.Instance, Probabilities(87, 4, 3), Probabilities(88, 4, 3)),
            new("KlDivergence, rank 3", KlDivergenceFunction.Instance, Probabilities(89, 2, 3, 4), Probabilities(90, 2, 3, 4)),
            new("Poisson", PoissonFunction.Instance, Positive(91, 4, 3), Positive(92, 4, 3)),
            new("CosineSimilarity", CosineSimilarityFunction.Instance, Values(93, 4, 3), Values(94, 4, 3)),
        ];
        return [.. losses, .. losses.Select(item => new FunctionCase($"{item.Name}, weighted", item.Function, [.. item.Inputs, Positive(95, item.Inputs[0].Shape[0], 1)]))];
    }

    /// <summary>Magnitudes in [0.1, 1.1), either sign.</summary>
    private static Tensor<double> Values(ulong stream, params int[] shape) => Fill(stream, shape, random => (random.NextInt32(2) * 2 - 1) * (0.1 + random.NextDouble()));

    /// <summary>As <see cref="Values"/>, times a factor.</summary>
    private static Tensor<double> Scaled(ulong stream, double factor, params int[] shape)
    {
        Tensor<double> values = Values(stream, shape);
        foreach (ref double value in values.Span)
        {
            value *= factor;
        }

        return values;
    }

    private static Tensor<double> Positive(ulong stream, params int[] shape) => Fill(stream, shape, random => 0.5 + random.NextDouble());

    private static Tensor<double> Probabilities(ulong stream, params int[] shape)
    {
        Tensor<double> values = Positive(stream, shape);
        for (int start = 0; start < values.Length; start += shape[^1])
        {
            Span<double> row = values.Span.Slice(start, shape[^1]);
            double sum = row.ToArray().Sum();
            foreach (ref double value in row)
            {
                value /= sum;
            }
        }

        return values;
    }

    private static Tensor<double> Signs(params int[] shape) => Fill(96, shape, random => (random.NextInt32(2) * 2) - 1);

    private static Tensor<double> OneHot(int rows, int classes)
    {
        var values = new Tensor<double>([rows, classes]);
        for (int row = 0; row < rows; row++)
        {
            values[row, row * 2 % classes] = 1;
        }

        return values;
    }

    private static Tensor<double> Labels(int rows, int classes) => Tensor.From([rows, 1], [.. Enumerable.Range(0, rows).Select(row => (double)(row * 3 % classes))]);

    private static Tensor<double> Fill(ulong stream, int[] shape, Func<CounterRandom, double> draw)
    {
        var values = new Tensor<double>(new Shape(shape));
        var random = new CounterRandom(7, stream);
        foreach (ref double value in values.Span)
        {
            value = draw(random);
        }

        return values;
    }
}

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
        new("Scale", new ScaleFunction(-0.25), Values(149, 3, 7)),
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

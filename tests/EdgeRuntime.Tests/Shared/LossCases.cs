using Toolkit.Numerics;
using O = Toolkit.Onnx.Operators;

namespace Toolkit.EdgeRuntime.Tests;

/// <summary>Cases of losses of classes.</summary>
internal static class LossCases
{
    public static IReadOnlyList<OperatorCase> All { get; } = [.. Make()];

    private static IEnumerable<OperatorCase> Make()
    {
        var random = new Random(91);
        var tensors = new RandomTensors(91);
        int i = 0;
        foreach (int[] shape in new int[][] { [4, 3], [2, 5, 3], [2, 4, 2, 3], [1, 3, 2, 2, 2] })
        {
            foreach (O.LossReduction reduction in Enum.GetValues<O.LossReduction>())
            {
                i++;
                long? ignored = i % 2 == 0 ? null : i % 3 == 0 ? -1 : 1;
                bool isWeighted = i % 3 != 0;
                Tensor x = tensors.Float(shape);
                int[] places = [shape[0], .. shape[2..]];
                double[] classes = [.. Enumerable.Range(0, new Shape(places).Length).Select(j => ignored is { } index && j % 4 == 3 ? index : random.Next(shape[1]))];
                Tensor target = Elements.From(i % 4 == 0 ? ElementType.Int32 : ElementType.Int64, new Shape(places), classes);
                Tensor? weights = isWeighted ? tensors.Positive(shape[1]) : null;
                Tensor logarithms = Reference.Softmax(x, 1, log: true);
                Tensor?[] inputs = weights is null ? [x, target] : [x, target, weights];
                string text = $"{x.Shape} {reduction} ignored {ignored?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "none"} weighted {isWeighted} {target.ElementType}";
                yield return new($"NegativeLogLikelihoodLoss {text}", new O.NegativeLogLikelihoodLoss(reduction, ignored), inputs, Expect(x, classes, weights, reduction, ignored, target.Shape));
                yield return new($"SoftmaxCrossEntropyLoss {text}", new O.SoftmaxCrossEntropyLoss(reduction, ignored), inputs, Expect(logarithms, classes, weights, reduction, ignored, target.Shape))
                {
                    Others = i % 2 == 0 ? [logarithms] : [],
                };
            }
        }

        Tensor wide = tensors.Double(3, 4);
        yield return new("NegativeLogLikelihoodLoss float64", new O.NegativeLogLikelihoodLoss(), [wide, Tensor.Vector(0L, 3L, 2L)], Expect(wide, [0, 3, 2], null, O.LossReduction.Mean, null, [3]));
        yield return new(
            "SoftmaxCrossEntropyLoss float64", new O.SoftmaxCrossEntropyLoss(), [wide, Tensor.Vector(0L, 3L, 2L)],
            Expect(Reference.Softmax(wide, 1, log: true), [0, 3, 2], null, O.LossReduction.Mean, null, [3]));
    }

    private static Tensor Expect(Tensor logarithms, double[] classes, Tensor? weights, O.LossReduction reduction, long? ignored, Shape shape)
    {
        double[] values = Elements.Of(logarithms);
        double[]? w = weights is null ? null : Elements.Of(weights);
        int count = logarithms.Shape[1];
        int places = logarithms.Shape.LengthOf(2..);
        double[] weight = [.. classes.Select(c => c == ignored ? 0 : w is null ? 1 : w[(int)c])];
        double[] losses = [.. classes.Select((c, i) => c == ignored ? 0 : -weight[i] * values[((((i / places) * count) + (int)c) * places) + (i % places)])];
        return reduction switch
        {
            O.LossReduction.None => Elements.From(logarithms.ElementType, shape, losses),
            O.LossReduction.Sum => Elements.From(logarithms.ElementType, [], [losses.Sum()]),
            _ => Elements.From(logarithms.ElementType, [], [losses.Sum() / weight.Sum()]),
        };
    }
}

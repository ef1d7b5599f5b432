using System.Numerics;
using Toolkit.Numerics;
using Toolkit.Onnx.Operators;
using Shape = Toolkit.Numerics.Shape;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>The losses of classes against the logarithms of their probabilities. A class that does not exist is an error.</summary>
internal static class ClassLoss
{
    /// <summary>Fills the losses of all places, or their sum or mean.</summary>
    /// <param name="op">The reduction and the class that does not count.</param>
    /// <param name="node">The node, for messages.</param>
    /// <param name="logarithms">Of class c at place i of sample n, at index (n · classes + c) · places + i, or with <paramref name="isByPlace"/> at (n · places + i) · classes + c.</param>
    /// <param name="shape">[N, C, …].</param>
    /// <param name="isByPlace">How the logarithms lie.</param>
    /// <param name="classes">The classes.</param>
    /// <param name="weights">The weights of the classes; empty for 1.</param>
    /// <param name="loss">The result.</param>
    public static void Run<T>(LossOperator op, NodeContext node, ReadOnlySpan<T> logarithms, Shape shape, bool isByPlace, Tensor classes, ReadOnlySpan<T> weights, Span<T> loss)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int count = shape[1];
        int places = shape.LengthOf(2..);
        double sum = 0;
        double weightSum = 0;
        for (int i = 0; i < classes.Length; i++)
        {
            long index = IntegerInput.Read(classes, i);
            bool counts = index != op.IgnoreIndex;
            if (counts && (index < 0 || index >= count))
            {
                throw node.BadValue($"expected classes from 0 to {count - 1}{(op.IgnoreIndex is { } ignored ? $" or {ignored}" : "")}, got {index}.");
            }

            T value = T.Zero;
            if (counts)
            {
                int at = isByPlace ? (i * count) + (int)index : ((((i / places) * count) + (int)index) * places) + (i % places);
                T weight = weights.IsEmpty ? T.One : weights[(int)index];
                value = -logarithms[at] * weight;
                sum += double.CreateTruncating(value);
                weightSum += double.CreateTruncating(weight);
            }

            if (op.Reduction == LossReduction.None)
            {
                loss[i] = value;
            }
        }

        if (op.Reduction != LossReduction.None)
        {
            loss[0] = T.CreateTruncating(op.Reduction == LossReduction.Sum ? sum : sum / weightSum);
        }
    }
}

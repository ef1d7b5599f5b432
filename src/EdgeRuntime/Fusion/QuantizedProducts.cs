using Toolkit.EdgeRuntime.Graphs;
using Toolkit.Numerics;
using Toolkit.Onnx;
using Toolkit.Onnx.Operators;
using Gemm = Toolkit.Onnx.Operators.Gemm;

namespace Toolkit.EdgeRuntime.Fusion;

/// <summary>Convolutions and matrix products of quantized elements.</summary>
internal static class QuantizedProducts
{
    /// <summary>The node on quantized elements in place of an operator and the QuantizeLinear behind it; null where it is none of these.</summary>
    public static GraphNode? Match(GraphNode node, QuantizedLink y)
    {
        if (node.Operator is not (Conv or MatMul or Gemm) || QuantizedLink.FromBytes(node.Inputs[0]) is not { } x
            || QuantizedLink.From(node.Inputs[1]) is not { IsByte: true, Value.Info.Shape: { } shape } w)
        {
            return null;
        }

        switch (node.Operator)
        {
            case Conv conv when w.IsAlong(0, shape.Rank) && TryBias(node, x, w, shape[0], out GraphValue? bias):
                var op = new QLinearConv(conv.KernelShape, conv.Strides, conv.Pads, conv.Dilations, conv.Group) { AutoPad = conv.AutoPad };
                GraphValue?[] inputs = [x.Value, x.Scale, x.ZeroPoint, w.Value, w.Scale, w.ZeroPoint, y.Scale, y.ZeroPoint];
                return new GraphNode(node.Name, op, bias is null ? inputs : [.. inputs, bias], [y.Value]);
            case MatMul when shape.Rank > 0 && (w.IsScalar || (shape.Rank > 1 && w.IsAlong(shape.Rank - 1, shape.Rank))):
                return new GraphNode(node.Name, new QLinearMatMul(), [x.Value, x.Scale, x.ZeroPoint, w.Value, w.Scale, w.ZeroPoint, y.Scale, y.ZeroPoint], [y.Value]);
            case Gemm gemm:
                return Product(node, gemm, x, w, [y.Scale, y.ZeroPoint], y.Value);
            default:
                return null;
        }
    }

    /// <summary>The node on quantized elements in place of a matrix product whose result stays float32; null where it is none.</summary>
    public static GraphNode? ToFloat(GraphNode node)
    {
        if (node.Operator is not (MatMul or Gemm) || QuantizedLink.FromBytes(node.Inputs[0]) is not { } x
            || QuantizedLink.From(node.Inputs[1]) is not { IsByte: true, Value.Info.Shape: { Rank: > 1 } shape } w)
        {
            return null;
        }

        return node.Operator is Gemm gemm ? Product(node, gemm, x, w, [], node.Outputs[0]!)
            : w.IsAlong(shape.Rank - 1, shape.Rank)
            ? new GraphNode(node.Name, new MatMulIntegerToFloat(), [x.Value, w.Value, x.Scale, w.Scale, x.ZeroPoint, w.ZeroPoint], node.Outputs)
            : null;
    }

    private static GraphNode? Product(GraphNode node, Gemm gemm, QuantizedLink x, QuantizedLink w, GraphValue[] result, GraphValue y)
    {
        int columns = gemm.TransB ? 0 : 1;
        if (gemm.Alpha != 1 || (gemm.Beta != 1 && node.Inputs.Length > 2) || w.Value.Info.Shape is not { Rank: 2 } shape || !w.IsAlong(columns, shape.Rank)
            || !TryBias(node, x, w, shape[columns], out GraphValue? bias))
        {
            return null;
        }

        GraphValue?[] inputs = [x.Value, x.Scale, x.ZeroPoint, w.Value, w.Scale, w.ZeroPoint];
        return new GraphNode(
            node.Name, new QGemm(1, gemm.TransA, gemm.TransB), result.Length > 0 ? [.. inputs, bias, .. result] : bias is null ? inputs : [.. inputs, bias], [y]);
    }

    // The bias in steps of sx · sw: the model's own where it has these steps, one that is rounded to them where it is a float32 constant. False where it is neither.
    private static bool TryBias(GraphNode node, QuantizedLink x, QuantizedLink w, Dimension outputs, out GraphValue? bias)
    {
        bias = null;
        if (node.Inputs.Length < 3 || node.Inputs[2] is not { } given)
        {
            return true;
        }

        if (outputs.Size is not { } size)
        {
            return false;
        }

        if (QuantizedLink.From(given) is { Type: ElementType.Int32, Value.Info.Shape: { } shape } link)
        {
            bias = link.Value;
            if (!IsRow(shape, size) || (!link.IsScalar && link.Scales.Length != size))
            {
                return false;
            }

            for (int i = 0; i < size; i++)
            {
                if (link.Zero(i) != 0 || link.ScaleOf(i) != x.ScaleOf(0) * w.ScaleOf(i))
                {
                    return false;
                }
            }

            return true;
        }

        if (given.Constant is not Tensor<float> { Length: var length } row || length != size || !IsRow(given.Info.Shape!, size))
        {
            return false;
        }

        var rounded = new int[size];
        for (int i = 0; i < rounded.Length; i++)
        {
            double steps = Math.Round(row.Span[i] / ((double)x.ScaleOf(0) * w.ScaleOf(i)));

            // Beyond 31 bits the sum might not hold it.
            if (!(Math.Abs(steps) < 1 << 30))
            {
                return false;
            }

            rounded[i] = (int)steps;
        }

        bias = new GraphValue($"{given.Name}/steps", new InferredValue(Tensor.Vector(rounded)));
        return true;
    }

    // [N] or [1,N].
    private static bool IsRow(SymbolicShape shape, long size) => shape.ElementCount == size && shape.Rank is 1 or 2 && shape[shape.Rank - 1].Size == size;
}

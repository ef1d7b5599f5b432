using Toolkit.EdgeRuntime.Graphs;
using Toolkit.Numerics;
using Toolkit.Onnx;
using Toolkit.Onnx.Operators;

namespace Toolkit.EdgeRuntime.Fusion;

/// <summary>
/// MatMul(A [M,K], B [K,N]) + C becomes Gemm(A, B, C), where C is a constant that is added to every row ([N] or [1,N]) and the
/// product has no other reader.
/// </summary>
internal sealed class MatMulAddFusion : IGraphPass
{
    /// <inheritdoc/>
    public string Name => nameof(MatMulAddFusion);

    /// <inheritdoc/>
    public void Apply(ModelGraph graph)
    {
        for (int position = 0; position < graph.Nodes.Count; position++)
        {
            if (graph.Nodes[position] is { Operator: Add } add && (Match(add, 0) ?? Match(add, 1)) is { } match)
            {
                ModelGraph.Unlink(match.MatMul);
                graph.ReplaceNode(position, new GraphNode(match.MatMul.Name, new Gemm(), [match.MatMul.Inputs[0], match.MatMul.Inputs[1], match.Bias], add.Outputs));
            }
        }
    }

    private static (GraphNode MatMul, GraphValue Bias)? Match(GraphNode add, int side)
    {
        GraphValue product = add.Inputs[side]!;
        GraphValue bias = add.Inputs[1 - side]!;
        if (product is not { Producer: { Operator: MatMul } matMul, IsOutput: false, Consumers.Count: 1 }
            || product.Info.Type is not (ElementType.Float32 or ElementType.Float64)
            || matMul.Inputs[0]!.Info.Shape?.Rank != 2 || matMul.Inputs[1]!.Info.Shape is not { Rank: 2 } b || b[1].Size is not { } n)
        {
            return null;
        }

        return bias.Constant is { } constant && IsRow(constant.Shape, n) ? (matMul, bias) : null;
    }

    private static bool IsRow(Numerics.Shape shape, long n) => shape.Length == n && (shape.Rank == 1 || (shape.Rank == 2 && shape[0] == 1));
}

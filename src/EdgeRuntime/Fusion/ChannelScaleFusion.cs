using Toolkit.EdgeRuntime.Graphs;
using Toolkit.Numerics;
using Toolkit.Onnx;
using Toolkit.Onnx.Inference;
using Toolkit.Onnx.Operators;
using Shape = Toolkit.Numerics.Shape;

namespace Toolkit.EdgeRuntime.Fusion;

/// <summary>
/// A BatchNormalization, or a Mul or Add of a constant for each channel, behind a Conv, ConvTranspose or Gemm of constant weights is
/// multiplied into the weights and added to the bias, where the product has no other reader. The new weights are computed in float64.
/// </summary>
internal sealed class ChannelScaleFusion : IGraphPass
{
    /// <inheritdoc/>
    public string Name => nameof(ChannelScaleFusion);

    /// <inheritdoc/>
    public void Apply(ModelGraph graph)
    {
        for (int position = 0; position < graph.Nodes.Count; position++)
        {
            GraphNode node = graph.Nodes[position];
            if (node.Operator is not (BatchNormalization or Mul or Add))
            {
                continue;
            }

            for (int side = 0; side < Math.Min(node.Inputs.Length, 2); side++)
            {
                if (node.Inputs[side] is { Producer: { } producer, IsOutput: false, Consumers.Count: 1, Info: { Type: ElementType.Float32, Shape: { Rank: var rank } } }
                    && Weighted.Of(producer) is { } weighted
                    && ChannelAffine.Of(node, rank, weighted.Channels) is { } affine && affine.Input == side)
                {
                    ModelGraph.Unlink(producer);
                    graph.ReplaceNode(position, weighted.Scaled(affine, node.Outputs));
                    break;
                }
            }
        }
    }

    /// <summary>A product with constant weights: which output channel each weight counts in, and the bias that is there.</summary>
    private sealed record Weighted(GraphNode Node, Tensor<float> Weights, Func<int, int> ChannelOf, int Channels, double[] Bias)
    {
        public static Weighted? Of(GraphNode node)
        {
            if (node.Inputs.Length < 2 || node.Inputs[1]?.Constant is not Tensor<float> { Length: > 0 } weights)
            {
                return null;
            }

            Shape shape = weights.Shape;
            switch (node.Operator)
            {
                case Conv:
                    return Create(node, weights, i => i / shape.LengthOf(1..), shape[0], 1);
                case ConvTranspose transpose:
                    // [C, M / group, …]: the groups lie along the first axis.
                    int area = shape.LengthOf(2..);
                    int perGroup = shape[1];
                    int rows = shape[0] / (int)transpose.Group;
                    return rows == 0 ? null
                        : Create(node, weights, i => (i / (rows * perGroup * area) * perGroup) + (i / area % perGroup), perGroup * (int)transpose.Group, 1);
                case Gemm gemm:
                    int columns = shape[1];
                    return gemm.TransB ? Create(node, weights, i => i / columns, shape[0], gemm.Beta) : Create(node, weights, i => i % columns, columns, gemm.Beta);
                default:
                    return null;
            }
        }

        public GraphNode Scaled(ChannelAffine affine, GraphValue?[] outputs)
        {
            var scaled = new float[Weights.Length];
            for (int i = 0; i < scaled.Length; i++)
            {
                scaled[i] = (float)(Weights.Span[i] * affine.Factor[ChannelOf(i)]);
            }

            var bias = new float[Channels];
            for (int c = 0; c < bias.Length; c++)
            {
                bias[c] = (float)((Bias[c] * affine.Factor[c]) + affine.Summand[c]);
            }

            Operator op = Node.Operator is Gemm gemm ? gemm with { Beta = 1 } : Node.Operator;
            return new GraphNode(Node.Name, op, [Node.Inputs[0], Constant("weights", Tensor.From(Weights.Shape, scaled)), Constant("bias", Tensor.From([Channels], bias))], outputs);
        }

        private static Weighted? Create(GraphNode node, Tensor<float> weights, Func<int, int> channelOf, int channels, float beta)
        {
            GraphValue? given = node.Inputs.Length > 2 ? node.Inputs[2] : null;
            if (given is null)
            {
                return new Weighted(node, weights, channelOf, channels, new double[channels]);
            }

            // A Gemm's C may be one row or one number; any other form is added as it is.
            return given.Constant is Tensor<float> bias && (bias.Length == 1 || (bias.Length == channels && bias.Shape[^1] == channels))
                ? new Weighted(node, weights, channelOf, channels, [.. Enumerable.Range(0, channels).Select(c => (double)beta * bias.Span[bias.Length == 1 ? 0 : c])])
                : null;
        }

        private GraphValue Constant(string role, Tensor value) => new($"{Node.Name}/{role}", new InferredValue(value));
    }
}

using Toolkit.EdgeRuntime.Graphs;
using Toolkit.Numerics;
using Toolkit.Onnx.Operators;
using Shape = Toolkit.Numerics.Shape;

namespace Toolkit.EdgeRuntime.Fusion;

/// <summary>What a node does to each channel of a value [N, C, …]: y = factor[c] · x + summand[c].</summary>
/// <param name="Input">Which of the node's inputs x is.</param>
/// <param name="Factor">One factor a channel.</param>
/// <param name="Summand">One summand a channel.</param>
internal sealed record ChannelAffine(int Input, double[] Factor, double[] Summand)
{
    /// <summary>What a node does to channels, of which there are <paramref name="channels"/>; null where it does something else.</summary>
    public static ChannelAffine? Of(GraphNode node, int rank, int channels) => node.Operator switch
    {
        BatchNormalization { IsTraining: false, IsPerActivation: false } normalization => Normalization(node, normalization, channels),
        Mul => Arithmetic(node, rank, channels, isProduct: true),
        Add => Arithmetic(node, rank, channels, isProduct: false),
        _ => null,
    };

    private static ChannelAffine? Normalization(GraphNode node, BatchNormalization normalization, int channels)
    {
        if (node.Inputs is not [_, { Constant: Tensor<float> scale }, { Constant: Tensor<float> bias }, { Constant: Tensor<float> mean }, { Constant: Tensor<float> variance }]
            || scale.Length != channels)
        {
            return null;
        }

        var factor = new double[channels];
        var summand = new double[channels];
        for (int c = 0; c < channels; c++)
        {
            factor[c] = scale.Span[c] / Math.Sqrt((double)variance.Span[c] + normalization.Epsilon);
            summand[c] = bias.Span[c] - (mean.Span[c] * factor[c]);
        }

        // A variance below -ε has no root: the node alone says so with NaN.
        return Array.TrueForAll(factor, double.IsFinite) && Array.TrueForAll(summand, double.IsFinite) ? new ChannelAffine(0, factor, summand) : null;
    }

    private static ChannelAffine? Arithmetic(GraphNode node, int rank, int channels, bool isProduct)
    {
        for (int side = 0; side < 2; side++)
        {
            if (node.Inputs[1 - side]!.Constant is Tensor<float> constant && IsPerChannel(constant.Shape, rank, channels))
            {
                double[] values = [.. Enumerable.Range(0, channels).Select(c => (double)constant.Span[constant.Length == 1 ? 0 : c])];
                double[] neutral = [.. Enumerable.Repeat(isProduct ? 0.0 : 1.0, channels)];
                return isProduct ? new ChannelAffine(side, values, neutral) : new ChannelAffine(side, neutral, values);
            }
        }

        return null;
    }

    // One element, or all sizes 1 but for the channels' axis.
    private static bool IsPerChannel(Shape shape, int rank, int channels)
    {
        if (shape.Rank > rank || (shape.Length != 1 && shape.Length != channels))
        {
            return false;
        }

        int axis = 1 - (rank - shape.Rank);
        return shape.Length == 1 || (axis >= 0 && shape[axis] == channels);
    }
}

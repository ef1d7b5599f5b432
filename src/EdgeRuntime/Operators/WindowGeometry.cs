using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;
using Toolkit.Onnx.Operators;
using Shape = Toolkit.Numerics.Shape;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>From a window operator's attributes and a run's shapes to what the kernels ask for. One spatial axis is taken as the columns of one row.</summary>
internal static class WindowGeometry
{
    /// <summary>The innermost axes that the kernels handle themselves.</summary>
    public const int KernelAxes = 2;

    // Sums of sizes, pads and strides stay within an int.
    private const int MostPadded = 1 << 29;

    /// <summary>The convolution over the last two spatial axes (or the only one) from <paramref name="input"/> with <paramref name="weights"/>; channels as the weights say.</summary>
    /// <param name="op">The operator.</param>
    /// <param name="group">Its groups.</param>
    /// <param name="weights">[M, C / group, …].</param>
    /// <param name="batch">The samples.</param>
    /// <param name="channels">The input's channels.</param>
    /// <param name="input">The convolution's input, [N, C, …].</param>
    public static ConvolutionGeometry Convolution(WindowOperator op, int group, Shape weights, int batch, int channels, Shape input)
    {
        int column = weights.Rank - 3;
        int row = column - 1;
        var geometry = new ConvolutionGeometry
        {
            Batch = batch,
            InputChannels = channels,
            OutputChannels = weights[0],
            Groups = group,
            InputWidth = input[column + 2],
            KernelWidth = weights[column + 2],
            StrideWidth = Stride(op, column, input),
            DilationWidth = Dilation(op, column, weights[column + 2]),
            PadLeft = (int)op.PadBegin(column),
            PadRight = (int)op.PadEnd(column),
        };
        return row < 0 ? geometry : geometry with
        {
            InputHeight = input[row + 2],
            KernelHeight = weights[row + 2],
            StrideHeight = Stride(op, row, input),
            DilationHeight = Dilation(op, row, weights[row + 2]),
            PadTop = (int)op.PadBegin(row),
            PadBottom = (int)op.PadEnd(row),
        };
    }

    /// <summary>
    /// The pooling of the planes of [N, C, D] or [N, C, H, W]. False where the vector kernels do not cover it: more axes, a window that reaches beyond
    /// the padding on both sides, which <c>ceil_mode</c> allows, or one that may lie in the padding alone.
    /// </summary>
    public static bool TryPooling(PoolOperator op, Shape input, out PoolingGeometry geometry)
    {
        int column = input.Rank - 3;
        geometry = default;
        for (int axis = 0; axis <= column; axis++)
        {
            Int128 extent = WindowOperator.Extent(op.KernelShape[axis], op.Dilation(axis));
            if (column >= KernelAxes || input[axis + 2] + op.PadBegin(axis) + op.PadEnd(axis) > MostPadded || (long)op.KernelShape[axis] > MostPadded || extent > input[axis + 2] + op.PadBegin(axis) + op.PadEnd(axis) || op.PadBegin(axis) >= extent || op.PadEnd(axis) >= extent)
            {
                return false;
            }
        }

        geometry = new PoolingGeometry(
            input[0] * input[1],
            column == 0 ? PoolingAxis.One : Axis(op, column - 1, input),
            Axis(op, column, input));
        return true;
    }

    private static PoolingAxis Axis(PoolOperator op, int axis, Shape input)
    {
        int kernel = (int)op.KernelShape[axis];
        return new PoolingAxis(
            input[axis + 2], kernel, Stride(op, axis, input), (int)op.PadBegin(axis), (int)op.PadEnd(axis), Dilation(op, axis, kernel), op.CeilMode);
    }

    // A stride beyond the padded input, or a dilation of one element, is never taken.
    private static int Stride(WindowOperator op, int axis, Shape input) =>
        (int)Math.Min(op.Stride(axis), input[axis + 2] + op.PadBegin(axis) + op.PadEnd(axis));

    private static int Dilation(WindowOperator op, int axis, int kernel) => kernel == 1 ? 1 : (int)op.Dilation(axis);
}

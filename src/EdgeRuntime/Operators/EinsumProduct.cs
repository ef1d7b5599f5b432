namespace Toolkit.EdgeRuntime.Operators;

/// <summary>An Einstein summation as a batch of matrix products, and the copies that bring the operands and the result into that form.</summary>
/// <param name="Batch">The number of products.</param>
/// <param name="Rows">Rows of the left matrices.</param>
/// <param name="Columns">Columns of the right matrices.</param>
/// <param name="Inner">What is summed over.</param>
/// <param name="LeftStrides">The strides of the left operand for [batch, rows, inner].</param>
/// <param name="LeftSizes">The sizes of those axes.</param>
/// <param name="RightStrides">The strides of the right operand for [batch, inner, columns].</param>
/// <param name="RightSizes">The sizes of those axes.</param>
/// <param name="ResultStrides">The strides, in [batch, rows, columns], of the result's axes.</param>
internal sealed record EinsumProduct(
    long Batch, long Rows, long Columns, long Inner, int[] LeftStrides, int[] LeftSizes, int[] RightStrides, int[] RightSizes, int[] ResultStrides);

using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = the bits of x as another element type of the same size. As bool, every byte but 0 is true.</summary>
internal sealed class BitCastOperator(bool toBool) : OperatorKernel
{
    /// <inheritdoc/>
    public override bool IsView => !toBool;

    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.BitCast op, NodeContext node) => new BitCastOperator(op.To == ElementType.Bool);

    /// <inheritdoc/>
    public override void Run(in KernelArguments arguments)
    {
        ReadOnlySpan<byte> x = arguments.InputTensor(0).Bytes;
        Span<byte> y = arguments.OutputTensor(0).Bytes;
        if (!toBool)
        {
            x.CopyTo(y);
            return;
        }

        for (int i = 0; i < y.Length; i++)
        {
            y[i] = x[i] != 0 ? (byte)1 : (byte)0;
        }
    }
}

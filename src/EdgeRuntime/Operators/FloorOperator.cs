using System.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = ⌊x⌋.</summary>
internal static class FloorOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.Floor op, NodeContext node) => RoundingKernel.Create<Function>(node);

    private readonly struct Function : IRounding
    {
        public static T Invoke<T>(T x)
            where T : unmanaged, IFloatingPointIeee754<T> => T.Floor(x);
    }
}

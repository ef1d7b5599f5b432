using System.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = the whole number nearest to x, the even one of two.</summary>
internal static class RoundOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.Round op, NodeContext node) => RoundingKernel.Create<Function>(node);

    private readonly struct Function : IRounding
    {
        public static T Invoke<T>(T x)
            where T : unmanaged, IFloatingPointIeee754<T> => T.Round(x, MidpointRounding.ToEven);
    }
}

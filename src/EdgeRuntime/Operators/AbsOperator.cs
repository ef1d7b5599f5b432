using System.Numerics;
using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = |x|; the least integer of a signed type stays, as in two's complement.</summary>
internal static class AbsOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.Abs op, NodeContext node) => node.InputType(0) is ElementType.Float32 or ElementType.Float64
        ? VectorUnaryKernel.Create<Numerics.Kernels.Absolute>(node)
        : NumberUnaryKernel.Create<Function>(node);

    private readonly struct Function : INumberFunction
    {
        public static T Invoke<T>(T x)
            where T : unmanaged, INumber<T> => T.IsNegative(x) ? T.Zero - x : x;
    }
}

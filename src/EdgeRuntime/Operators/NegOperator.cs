using System.Numerics;
using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = -x; integers wrap around.</summary>
internal static class NegOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.Neg op, NodeContext node) => node.InputType(0) is ElementType.Float32 or ElementType.Float64
        ? VectorUnaryKernel.Create<Numerics.Kernels.Negate>(node)
        : NumberUnaryKernel.Create<Function>(node);

    private readonly struct Function : INumberFunction
    {
        public static T Invoke<T>(T x)
            where T : unmanaged, INumber<T> => T.Zero - x;
    }
}

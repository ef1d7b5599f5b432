using System.Numerics;
using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = max(0, x); a NaN passes.</summary>
internal static class ReluOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.Relu op, NodeContext node) => node.InputType(0) is ElementType.Float32 or ElementType.Float64
        ? VectorUnaryKernel.Create<Numerics.Kernels.Relu>(node)
        : NumberUnaryKernel.Create<Function>(node);

    private readonly struct Function : INumberFunction
    {
        public static T Invoke<T>(T x)
            where T : unmanaged, INumber<T> => x < T.Zero ? T.Zero : x;
    }
}

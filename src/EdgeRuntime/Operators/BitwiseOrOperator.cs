using System.Numerics;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>C = A or B, bit by bit, broadcast.</summary>
internal static class BitwiseOrOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.BitwiseOr op, NodeContext node) => BitwiseKernel.Create<Operation>(node);

    private readonly struct Operation : IBitwise
    {
        public static T Invoke<T>(T x, T y)
            where T : unmanaged, IBinaryInteger<T> => x | y;
    }
}

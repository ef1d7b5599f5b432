using System.Numerics;
using System.Runtime.CompilerServices;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>C = A with its bits moved by B places, broadcast; moved by their number or more, none are left.</summary>
internal static class BitShiftOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.BitShift op, NodeContext node) =>
        op.Left ? BitwiseKernel.Create<ToTheLeft>(node) : BitwiseKernel.Create<ToTheRight>(node);

    // C# would take the places modulo the width.
    private static bool IsInside<T>(T places)
        where T : unmanaged, IBinaryInteger<T> => places < T.CreateTruncating(8 * Unsafe.SizeOf<T>());

    private readonly struct ToTheLeft : IBitwise
    {
        public static T Invoke<T>(T x, T y)
            where T : unmanaged, IBinaryInteger<T> => IsInside(y) ? x << int.CreateTruncating(y) : T.Zero;
    }

    private readonly struct ToTheRight : IBitwise
    {
        public static T Invoke<T>(T x, T y)
            where T : unmanaged, IBinaryInteger<T> => IsInside(y) ? x >>> int.CreateTruncating(y) : T.Zero;
    }
}

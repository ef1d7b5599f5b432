using System.Numerics;
using Toolkit.Numerics;
using Record = Toolkit.Onnx.Operators.Imputer;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>One value replaced.</summary>
internal static class ImputerOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Record op, NodeContext node) => node.InputType(0) switch
    {
        ElementType.Float32 => new Kernel<float>(op.ReplacedFloat, [.. op.ImputedFloats!]),
        ElementType.Float64 => new Kernel<double>(op.ReplacedFloat, [.. op.ImputedFloats!.Select(value => (double)value)]),
        ElementType.Int32 => new Kernel<int>((int)op.ReplacedInt, [.. op.ImputedInts!.Select(value => (int)value)]),
        ElementType.Int64 => new Kernel<long>(op.ReplacedInt, [.. op.ImputedInts!]),
        _ => throw node.UnsupportedType(0),
    };

    private sealed class Kernel<T>(T replaced, T[] imputed) : OperatorKernel
        where T : unmanaged, INumber<T>
    {
        public override bool CanOverwrite(int input) => true;

        public override void Run(in KernelArguments arguments)
        {
            ReadOnlySpan<T> x = arguments.Input<T>(0);
            Span<T> y = arguments.Output<T>(0);
            for (int i = 0; i < y.Length; i++)
            {
                bool isReplaced = x[i] == replaced || (T.IsNaN(replaced) && T.IsNaN(x[i]));
                y[i] = isReplaced ? imputed[imputed.Length == 1 ? 0 : i % imputed.Length] : x[i];
            }
        }
    }
}

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
        ElementType.Float32 => new Kernel<float, float>(op.ReplacedFloat, [.. op.ImputedFloats!]),
        ElementType.Float64 => new Kernel<double, double>(op.ReplacedFloat, [.. op.ImputedFloats!.Select(value => (double)value)]),
        ElementType.Int32 => new Kernel<long, int>(op.ReplacedInt, [.. op.ImputedInts!.Select(value => value is >= int.MinValue and <= int.MaxValue ? (int)value : throw node.Unsupported($"{value} in 'imputed_value_int64s' is no int32, which X is; cast X to int64."))]),
        ElementType.Int64 => new Kernel<long, long>(op.ReplacedInt, [.. op.ImputedInts!]),
        _ => throw node.UnsupportedType(0),
    };

    // What is replaced has a type that holds all of the attribute: int32 features are never equal to a greater number.
    private sealed class Kernel<TReplaced, T>(TReplaced replaced, T[] imputed) : OperatorKernel
        where TReplaced : unmanaged, INumber<TReplaced>
        where T : unmanaged, INumber<T>
    {
        public override bool CanOverwrite(int input) => true;

        public override void Run(in KernelArguments arguments)
        {
            ReadOnlySpan<T> x = arguments.Input<T>(0);
            Span<T> y = arguments.Output<T>(0);
            for (int i = 0; i < y.Length; i++)
            {
                bool isReplaced = TReplaced.CreateTruncating(x[i]) == replaced || (TReplaced.IsNaN(replaced) && T.IsNaN(x[i]));
                y[i] = isReplaced ? imputed[imputed.Length == 1 ? 0 : i % imputed.Length] : x[i];
            }
        }
    }
}

using System.Numerics;
using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;
using Record = Toolkit.Onnx.Operators.CausalConvWithState;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>A depthwise convolution of a sequence that sees the past alone.</summary>
internal static class CausalConvWithStateOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Record op, NodeContext node) => node.InputType(0) switch
    {
        ElementType.Float32 => new Kernel<float>(op),
        ElementType.Float64 => new Kernel<double>(op),
        _ => throw node.UnsupportedType(0),
    };

    private sealed class Kernel<T>(Record op) : OperatorKernel
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override void Run(in KernelArguments arguments)
        {
            Shape x = arguments.InputShape(0);
            int length = x[2];
            int history = arguments.InputShape(1)[2] - 1;
            for (int row = 0; row < x[0] * x[1]; row++)
            {
                WorkLimits.Poll();
                ReadOnlySpan<T> values = arguments.Input<T>(0).Slice(row * length, length);
                ReadOnlySpan<T> past = arguments.HasInput(3) ? arguments.Input<T>(3).Slice(row * history, history) : [];
                int channel = row % x[1];
                if (arguments.HasOutput(0))
                {
                    ReadOnlySpan<T> filter = arguments.Input<T>(1).Slice(channel * (history + 1), history + 1);
                    Span<T> y = arguments.Output<T>(0).Slice(row * length, length);
                    y.Fill(arguments.HasInput(2) ? arguments.Input<T>(2)[channel] : T.Zero);
                    for (int tap = 0; tap <= history; tap++)
                    {
                        for (int i = 0; i < length; i++)
                        {
                            y[i] = T.FusedMultiplyAdd(filter[tap], At(values, past, history, i + tap), y[i]);
                        }
                    }
                }

                for (int i = 0; i < history && arguments.HasOutput(1); i++)
                {
                    arguments.Output<T>(1)[(row * history) + i] = At(values, past, history, length + i);
                }
            }

            if (op.IsSilu && arguments.HasOutput(0))
            {
                ElementWise.Unary<Silu, T>(default, arguments.Output<T>(0), arguments.Output<T>(0), arguments.Workers);
            }
        }

        // The past, 0 where there is none, with the sequence behind it.
        private static T At(ReadOnlySpan<T> values, ReadOnlySpan<T> past, int history, int index) =>
            index >= history ? values[index - history] : past.IsEmpty ? T.Zero : past[index];
    }
}

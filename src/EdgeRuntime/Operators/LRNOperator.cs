using System.Numerics;
using System.Runtime.CompilerServices;
using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;
using Record = Toolkit.Onnx.Operators.LRN;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>y = x / (bias + α / size · Σ x² over neighbouring channels)^β; the power is e^(-β · ln …) of the engine's own functions.</summary>
internal static class LRNOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Record op, NodeContext node) => node.InputType(0) switch
    {
        ElementType.Float32 => new Kernel<float>(op),
        ElementType.Float64 => new Kernel<double>(op),
        _ => throw node.UnsupportedType(0),
    };

    // x^-β.
    private readonly struct InversePower(float beta) : IUnaryOperation
    {
        public TLanes Invoke<TLanes>(TLanes x)
            where TLanes : struct, ILanes<TLanes> => TLanes.Exp(TLanes.Broadcast(-beta) * TLanes.Log(x));
    }

    private sealed class Kernel<T>(Record op) : OperatorKernel
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // One channel of one sample.
        public override long ScratchBytes(ReadOnlySpan<Shape> inputs, ReadOnlySpan<Shape> outputs) => (long)inputs[0].LengthOf(2..) * Unsafe.SizeOf<T>();

        public override void Run(in KernelArguments arguments)
        {
            Shape shape = arguments.InputShape(0);
            if (shape.Length == 0)
            {
                return;
            }

            ReadOnlySpan<T> x = arguments.Input<T>(0);
            Span<T> y = arguments.Output<T>(0);
            int area = shape.LengthOf(2..);
            int channels = shape[1];
            long before = (op.Size - 1) / 2;
            long after = op.Size - 1 - before;
            var factor = T.CreateTruncating(op.Alpha / op.Size);
            Span<T> sums = arguments.Scratch<T>(area);
            for (int plane = 0; plane < shape[0] * channels; plane++)
            {
                WorkLimits.Poll();
                int channel = plane % channels;
                int sample = plane - channel;
                sums.Fill(T.CreateTruncating(op.Bias));
                for (int other = (int)Math.Max(0, channel - before); other <= Math.Min(channels - 1, channel + after); other++)
                {
                    ReadOnlySpan<T> values = x.Slice((sample + other) * area, area);
                    for (int i = 0; i < sums.Length; i++)
                    {
                        sums[i] = T.FusedMultiplyAdd(factor * values[i], values[i], sums[i]);
                    }
                }

                Span<T> result = y.Slice(plane * area, area);
                ElementWise.Unary(new InversePower(op.Beta), sums, sums, arguments.Workers);
                ElementWise.Binary<Multiply, T>(default, x.Slice(plane * area, area), sums, result, arguments.Workers);
            }
        }
    }
}

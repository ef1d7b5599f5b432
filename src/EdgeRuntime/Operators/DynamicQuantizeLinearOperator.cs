using Toolkit.Numerics;
using Toolkit.Numerics.Kernels;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>x as uint8 with the scale that its own range gives; a range of 0 has the scale 1.</summary>
internal static class DynamicQuantizeLinearOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Onnx.Operators.DynamicQuantizeLinear op, NodeContext node) =>
        node.InputType(0) == ElementType.Float32 ? new Kernel() : throw node.UnsupportedType(0);

    private sealed class Kernel : OperatorKernel
    {
        public override void Run(in KernelArguments arguments)
        {
            ReadOnlySpan<float> x = arguments.Input<float>(0);
            (float least, float greatest) = (0, 0);
            foreach (float value in x)
            {
                least = Math.Min(least, value);
                greatest = Math.Max(greatest, value);
            }

            float scale = greatest == least ? 1 : (greatest - least) / byte.MaxValue;
            int zeroPoint = (int)Math.Clamp(MathF.Round(-least / scale), byte.MinValue, byte.MaxValue);
            if (arguments.HasOutput(0))
            {
                Quantizer.Quantize(x, scale, zeroPoint, arguments.Output<byte>(0));
            }

            if (arguments.HasOutput(1))
            {
                arguments.Output<float>(1)[0] = scale;
            }

            if (arguments.HasOutput(2))
            {
                arguments.Output<byte>(2)[0] = (byte)zeroPoint;
            }
        }
    }
}

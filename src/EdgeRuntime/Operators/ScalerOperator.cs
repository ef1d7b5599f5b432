using Toolkit.Numerics;
using Toolkit.Onnx;
using Record = Toolkit.Onnx.Operators.Scaler;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>(x - offset) · scale.</summary>
internal static class ScalerOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Record op, NodeContext node) => FeatureInput.Accepts(node.InputType(0)) ? new Kernel(op) : throw node.UnsupportedType(0);

    private sealed class Kernel(Record op) : OperatorKernel
    {
        public override void Run(in KernelArguments arguments)
        {
            Tensor x = arguments.InputTensor(0);
            Span<float> y = arguments.Output<float>(0);
            int features = x.Shape.Rank == 0 ? 1 : x.Shape[^1];
            if (x is Tensor<float> single)
            {
                ReadOnlySpan<float> values = single.Span;
                for (int i = 0; i < y.Length; i++)
                {
                    y[i] = (values[i] - Of(op.Offset, i, features, 0)) * Of(op.Scale, i, features, 1);
                }

                return;
            }

            // What float32 does not hold is rounded once, at the end.
            Span<double> part = stackalloc double[128];
            for (int start = 0; start < y.Length; start += part.Length)
            {
                Span<double> values = part[..Math.Min(part.Length, y.Length - start)];
                FeatureInput.Read(x, start, values);
                for (int i = 0; i < values.Length; i++)
                {
                    y[start + i] = (float)((values[i] - Of(op.Offset, start + i, features, 0)) * Of(op.Scale, start + i, features, 1));
                }
            }
        }

        private static float Of(ValueList<float>? list, int index, int features, float none) => list is null ? none : list[list.Count == 1 ? 0 : index % features];
    }
}

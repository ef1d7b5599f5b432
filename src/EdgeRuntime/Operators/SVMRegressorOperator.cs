using Toolkit.Numerics;
using Toolkit.Onnx.Operators;
using Shape = Toolkit.Numerics.Shape;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>A function of support vectors.</summary>
internal static class SVMRegressorOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(SVMRegressor op, NodeContext node) => FeatureInput.Accepts(node.InputType(0)) ? new Kernel(op) : throw node.UnsupportedType(0);

    private sealed class Kernel(SVMRegressor op) : OperatorKernel
    {
        private readonly SupportVectors _vectors = op.Supports > 0 ? new(op.Kernel, [.. op.SupportVectors!], (int)op.Supports) : new(op.Kernel, [.. op.Coefficients], 1);

        // The features of one sample and its kernels.
        public override long ScratchBytes(ReadOnlySpan<Shape> inputs, ReadOnlySpan<Shape> outputs) => (inputs[0][^1] + Math.Max(op.Supports, 1)) * sizeof(float);

        public override void Run(in KernelArguments arguments)
        {
            int features = arguments.InputShape(0)[^1];
            int count = (int)Math.Max(op.Supports, 1);
            Span<float> scratch = arguments.Scratch<float>(features + count);
            Span<float> kernels = scratch[features..];
            Span<float> y = arguments.Output<float>(0);
            for (int sample = 0; sample < y.Length; sample++)
            {
                FeatureInput.Read(arguments.InputTensor(0), sample * features, scratch[..features]);
                _vectors.Run(scratch[..features], kernels);
                double sum = op.Rho[0];
                for (int i = 0; i < count; i++)
                {
                    WorkLimits.Poll();
                    sum += op.Supports > 0 ? (double)op.Coefficients[i] * kernels[i] : kernels[i];
                }

                y[sample] = op.IsOneClass ? (sum > 0 ? 1 : -1) : (float)sum;
                ScoreTransform.Apply(op.PostTransform, y.Slice(sample, 1));
            }
        }
    }
}

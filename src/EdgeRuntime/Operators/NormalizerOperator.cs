using Toolkit.Numerics;
using Toolkit.Onnx.Operators;
using Shape = Toolkit.Numerics.Shape;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>Each sample divided by its norm; a norm of 0 divides by 1.</summary>
internal static class NormalizerOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Normalizer op, NodeContext node) => FeatureInput.Accepts(node.InputType(0)) ? new Kernel(op.Norm) : throw node.UnsupportedType(0);

    private sealed class Kernel(NormKind norm) : OperatorKernel
    {
        public override void Run(in KernelArguments arguments)
        {
            Shape x = arguments.InputShape(0);
            Span<float> y = arguments.Output<float>(0);
            int features = x[^1];
            for (int start = 0; start < y.Length; start += features)
            {
                Span<float> row = y.Slice(start, features);
                FeatureInput.Read(arguments.InputTensor(0), start, row);
                double total = norm == NormKind.Max ? double.NegativeInfinity : 0;
                foreach (float value in row)
                {
                    total = norm switch
                    {
                        NormKind.Max => Math.Max(total, value),
                        NormKind.L1 => total + Math.Abs(value),
                        _ => total + ((double)value * value),
                    };
                }

                total = norm == NormKind.L2 ? Math.Sqrt(total) : total;
                foreach (ref float value in row)
                {
                    value = total == 0 ? value : (float)(value / total);
                }
            }
        }
    }
}

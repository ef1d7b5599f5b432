using System.Numerics;
using Toolkit.Numerics;
using Toolkit.Onnx.Operators;
using Shape = Toolkit.Numerics.Shape;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>Numbers from trees, in the type of the features. Trees are added in float64 and rounded once.</summary>
internal static class TreeEnsembleOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(TreeEnsemble op, NodeContext node) => node.InputType(0) switch
    {
        ElementType.Float32 => new Kernel<float>(op, node),
        ElementType.Float64 => new Kernel<double>(op, node),
        _ => throw node.UnsupportedType(0),
    };

    private sealed class Kernel<T>(TreeEnsemble op, NodeContext node) : OperatorKernel
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly TreeForest _forest = new(op, node);

        // The features of one sample, and for each target its sum and whether a leaf has said something.
        public override long ScratchBytes(ReadOnlySpan<Shape> inputs, ReadOnlySpan<Shape> outputs) => (inputs[0][^1] + (2 * op.Targets)) * sizeof(double);

        public override void Run(in KernelArguments arguments)
        {
            int width = arguments.InputShape(0)[^1];
            int targets = (int)op.Targets;
            Span<double> scratch = arguments.Scratch<double>(width + (2 * targets));
            Span<double> features = scratch[..width];
            Span<double> sums = scratch.Slice(width, targets);
            Span<T> y = arguments.Output<T>(0);
            for (int sample = 0; sample < y.Length / targets; sample++)
            {
                WorkLimits.Poll();
                FeatureInput.Read(arguments.InputTensor(0), sample * width, features);
                _forest.Aggregate(op.Aggregate, features, sums, scratch[(width + targets)..]);
                Span<T> result = y.Slice(sample * targets, targets);
                for (int target = 0; target < targets; target++)
                {
                    result[target] = T.CreateTruncating(sums[target]);
                }

                ScoreTransform.Apply(op.PostTransform, result);
            }
        }
    }
}

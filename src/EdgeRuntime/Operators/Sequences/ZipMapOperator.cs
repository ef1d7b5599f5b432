using Toolkit.Numerics;
using Toolkit.Onnx;
using Record = Toolkit.Onnx.Operators.ZipMap;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>A map from labels to numbers for each sample.</summary>
internal static class ZipMapOperator
{
    /// <summary>The kernel of a node.</summary>
    public static OperatorKernel Prepare(Record op, NodeContext node) => node.InputType(0) == ElementType.Float32 ? new Kernel(op, node) : throw node.UnsupportedType(0);

    private sealed class Kernel(Record op, NodeContext node) : ValueKernel
    {
        // What a map and its tensors take beside their elements.
        private const int BytesPerMap = 256;

        private readonly Tensor _labels = op.StringLabels is null ? Tensor.Vector(op.IntLabels!.Values) : Tensor.Vector(op.StringLabels.Values);

        public override void Run(in ValueArguments arguments)
        {
            Tensor<float> x = arguments.Tensor(0).As<float>();
            int width = _labels.Length;
            if (x.Shape.Rank is not (1 or 2) || x.Shape[^1] != width)
            {
                throw node.BadValue($"expected X of {width} columns, one for each label, got {x.Shape}.");
            }

            int samples = x.Shape.Rank == 1 ? 1 : x.Shape[0];
            if (samples * ((width * 12L) + BytesPerMap) > arguments.Budget)
            {
                throw node.BadValue("the maps take more memory than the run has left of OnnxLimits.MaxPlanBytes.");
            }

            var maps = new OnnxValue[samples];
            for (int sample = 0; sample < samples; sample++)
            {
                WorkLimits.Poll();
                maps[sample] = new OnnxMap(_labels, Tensor.Vector<float>(x.Span.Slice(sample * width, width)));
            }

            arguments.SetOutput(0, new OnnxSequence(op.Map, maps));
        }
    }
}

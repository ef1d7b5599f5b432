using Toolkit.EdgeRuntime;
using Toolkit.Numerics;
using Toolkit.Onnx;

namespace Toolkit.Export.Tests;

/// <summary>The managed engine whose float outputs are multiplied by a factor: a backend that computes wrongly on purpose.</summary>
/// <param name="factor">What the outputs are multiplied by.</param>
/// <param name="leastRows">Runs of fewer samples stay right.</param>
internal sealed class ScaledBackend(float factor, int leastRows = 0) : IInferenceBackend
{
    public string Name => "scaled";

    public string? UnavailableReason => null;

    public IInferenceSession Load(ReadOnlyMemory<byte> model, InferenceOptions? options = null) =>
        new Session(new ManagedBackend().Load(model, options), factor, leastRows);

    private sealed class Session(IInferenceSession inner, float factor, int leastRows) : IInferenceSession
    {
        public string Backend => "scaled";

        public IReadOnlyList<ValueInfo> Inputs => inner.Inputs;

        public IReadOnlyList<ValueInfo> Outputs => inner.Outputs;

        public IReadOnlyDictionary<string, string> Metadata => inner.Metadata;

        public IReadOnlyList<Shape?> InferOutputShapes(IReadOnlyList<Shape> inputs) => inner.InferOutputShapes(inputs);

        public void Run(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs)
        {
            inner.Run(inputs, outputs);
            foreach (Tensor output in outputs)
            {
                Scale(output);
            }
        }

        public OrderedDictionary<string, Tensor> Run(IReadOnlyDictionary<string, Tensor> inputs)
        {
            OrderedDictionary<string, Tensor> outputs = inner.Run(inputs);
            foreach (Tensor output in outputs.Values)
            {
                Scale(output);
            }

            return outputs;
        }

        public IInferenceSession Clone() => new Session(inner.Clone(), factor, leastRows);

        public void Dispose() => inner.Dispose();

        private void Scale(Tensor tensor)
        {
            if (tensor.Shape[0] < leastRows)
            {
                return;
            }

            foreach (ref float value in tensor.As<float>().Span)
            {
                value *= factor;
            }
        }
    }
}

using Toolkit.Numerics;
using Toolkit.Onnx;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>What a <see cref="ValueKernel"/> runs on. Null is an omitted input, or an output that is not made yet.</summary>
internal readonly ref struct ValueArguments(ReadOnlySpan<OnnxValue?> inputs, Span<OnnxValue?> outputs, long budget, WorkerPool workers)
{
    private readonly Span<OnnxValue?> _outputs = outputs;

    /// <summary>The inputs, those that subgraphs see included.</summary>
    public ReadOnlySpan<OnnxValue?> Inputs { get; } = inputs;

    /// <summary>The number of outputs, unwanted ones included.</summary>
    public int OutputCount => _outputs.Length;

    /// <summary>Bytes that the outputs and what it takes to make them may hold.</summary>
    public long Budget { get; } = budget;

    /// <summary>The threads to use.</summary>
    public WorkerPool Workers { get; } = workers;

    /// <summary>Whether the node has this input.</summary>
    public bool HasInput(int index) => index < Inputs.Length && Inputs[index] is not null;

    /// <summary>An input that is a tensor.</summary>
    public Tensor Tensor(int index) => ((OnnxTensor)Inputs[index]!).Tensor;

    /// <summary>An input that is a sequence, or an optional that holds one.</summary>
    public OnnxSequence Sequence(int index) => (OnnxSequence)Inputs[index]!;

    /// <summary>Sets an output.</summary>
    public void SetOutput(int index, OnnxValue value)
    {
        if (index < _outputs.Length)
        {
            _outputs[index] = value;
        }
    }
}

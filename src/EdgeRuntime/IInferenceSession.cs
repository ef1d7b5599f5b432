using Toolkit.Numerics;
using Toolkit.Onnx;

namespace Toolkit.EdgeRuntime;

/// <summary>
/// A loaded model, ready to run. The same interface stands before the managed engine and before ONNX Runtime, so that
/// code that deploys a model does not know which of them runs it.
/// </summary>
/// <remarks>
/// <see cref="InferenceSessionExtensions"/> adds a positional form that returns new tensors, <see cref="IoBinding"/> runs by name into
/// memory that the caller keeps, and <see cref="StatefulSession"/> carries the state of a recurrent network from one run to the next.
/// </remarks>
/// <example>
/// <code>
/// using IInferenceSession session = new ManagedBackend().Load(File.ReadAllBytes("model.onnx"));
/// float[] pixels = new float[784];                                // memory of the caller's
/// var image = new Tensor&lt;float&gt;([1, 784], pixels.AsMemory());
/// var scores = new Tensor&lt;float&gt;([1, 10]);
/// session.Run([image], [scores]);                                 // allocates nothing after the first run of a shape
///
/// IInferenceSession[] perThread = [.. Enumerable.Range(0, 4).Select(_ =&gt; session.Clone())];   // one set of weights
/// </code>
/// </example>
public interface IInferenceSession : IDisposable
{
    /// <summary>The backend that runs the model: <c>managed</c>, <c>ort</c> or <c>cuda</c>.</summary>
    string Backend { get; }

    /// <summary>What the model takes, in order.</summary>
    IReadOnlyList<ValueInfo> Inputs { get; }

    /// <summary>What the model gives, in order.</summary>
    IReadOnlyList<ValueInfo> Outputs { get; }

    /// <summary>Named facts that the model carries: classes, input normalisation, recipe, accuracy.</summary>
    IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>
    /// The shapes that the outputs have for inputs of these shapes; null for one that depends on the inputs' values.
    /// </summary>
    /// <exception cref="ArgumentException">An input's shape does not fit the model; names the input, expected and got.</exception>
    IReadOnlyList<Shape?> InferOutputShapes(IReadOnlyList<Shape> inputs);

    /// <summary>
    /// Runs the model on tensors in the order of <see cref="Inputs"/> and writes to tensors that the caller owns, in the order of
    /// <see cref="Outputs"/>. The managed engine allocates nothing here after the first run of a shape. Safe to call from several
    /// threads at once.
    /// </summary>
    /// <exception cref="ArgumentException">A tensor's count, type or shape does not fit; names it, expected and got.</exception>
    void Run(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs);

    /// <summary>Runs the model on named tensors and returns new ones, by output name in the order of <see cref="Outputs"/>.</summary>
    /// <exception cref="ArgumentException">A name, type or shape does not fit; names it, expected and got.</exception>
    OrderedDictionary<string, Tensor> Run(IReadOnlyDictionary<string, Tensor> inputs);

    /// <summary>
    /// Runs the model on named values of any kind, for a model that takes or gives sequences, optionals or maps. What is returned shares nothing with
    /// what was given.
    /// </summary>
    /// <exception cref="ArgumentException">A name, type or shape does not fit; names it, expected and got.</exception>
    /// <exception cref="Onnx.UnsupportedOperatorException">The backend takes tensors alone.</exception>
    OrderedDictionary<string, OnnxValue> RunValues(IReadOnlyDictionary<string, OnnxValue> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var tensors = new Dictionary<string, Tensor>(inputs.Count, StringComparer.Ordinal);
        foreach ((string name, OnnxValue value) in inputs)
        {
            tensors.Add(name, (value as OnnxTensor)?.Tensor ?? throw new UnsupportedOperatorException($"Input '{name}': the backend {Backend} takes tensors alone, got {value?.Type}."));
        }

        var outputs = new OrderedDictionary<string, OnnxValue>();
        foreach ((string name, Tensor tensor) in Run(tensors))
        {
            outputs.Add(name, tensor);
        }

        return outputs;
    }

    /// <summary>
    /// Another session over the same weights, which are in memory once however many sessions there are. One session may be run from
    /// several threads already: a clone is for what a session keeps for itself, which is its plans and arenas on the managed engine and
    /// the state of a <see cref="StatefulSession"/>. Each session is disposed on its own, in any order.
    /// </summary>
    /// <exception cref="ObjectDisposedException">This session is disposed.</exception>
    IInferenceSession Clone();

    /// <summary>As the other form, and stops when the token is cancelled.</summary>
    /// <exception cref="ArgumentException">A tensor's count, type or shape does not fit; names it, expected and got.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; the outputs hold anything.</exception>
    /// <exception cref="TimeoutException">The run reached <see cref="InferenceOptions.Deadline"/>; the outputs hold anything.</exception>
    void Run(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Run(inputs, outputs);
    }

    /// <summary>As the other form, and stops when the token is cancelled.</summary>
    /// <exception cref="ArgumentException">A name, type or shape does not fit; names it, expected and got.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="TimeoutException">The run reached <see cref="InferenceOptions.Deadline"/>.</exception>
    OrderedDictionary<string, Tensor> Run(IReadOnlyDictionary<string, Tensor> inputs, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Run(inputs);
    }
}

using Toolkit.Numerics;
using Toolkit.Onnx;

namespace Toolkit.EdgeRuntime;

/// <summary>
/// A loaded model, ready to run. The same interface stands before the managed engine and before ONNX Runtime, so that
/// code that deploys a model does not know which of them runs it.
/// </summary>
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

namespace Toolkit.EdgeRuntime;

/// <summary>Something that can load models: the managed engine, ONNX Runtime on the CPU, ONNX Runtime on CUDA.</summary>
public interface IInferenceBackend
{
    /// <summary>Its name on the command line: <c>managed</c>, <c>ort</c> or <c>cuda</c>.</summary>
    string Name { get; }

    /// <summary>Why it cannot run here (which package, library or device is missing), or null where it can.</summary>
    string? UnavailableReason { get; }

    /// <summary>Loads a model from the bytes of an .onnx file.</summary>
    /// <exception cref="Onnx.OnnxModelException">The bytes are not a valid model.</exception>
    /// <exception cref="Onnx.UnsupportedOperatorException">The backend does not run an operator of the model.</exception>
    /// <exception cref="PlatformNotSupportedException">The backend cannot run here; the message is <see cref="UnavailableReason"/>.</exception>
    IInferenceSession Load(ReadOnlyMemory<byte> model, InferenceOptions? options = null);
}

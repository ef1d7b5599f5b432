namespace Toolkit.EdgeRuntime.Tests.Conformance;

/// <summary>A backend that does what a test tells it to do when it is asked for a session.</summary>
internal sealed class StubBackend(Func<IInferenceSession> load, string? unavailable = null) : IInferenceBackend
{
    public string Name => "stub";

    public string? UnavailableReason => unavailable;

    public IInferenceSession Load(ReadOnlyMemory<byte> model, InferenceOptions? options = null) => load();
}

using Toolkit.EdgeRuntime.Tests;

namespace Toolkit.EdgeRuntime.OnnxRuntime.Tests;

public sealed class OnnxRuntimeSessionContractTests : SessionContract
{
    internal override IInferenceBackend Backend => new OnnxRuntimeBackend();
}

using Toolkit.EdgeRuntime.Fusion;
using Toolkit.Numerics;
using Toolkit.Onnx;

namespace Toolkit.EdgeRuntime;

/// <summary>The pure C# engine, the backend <c>managed</c>. It runs wherever .NET does and needs no native library.</summary>
public sealed class ManagedBackend : IInferenceBackend
{
    /// <summary>The names of the compiler's passes, in the order in which they run: what <see cref="InferenceOptions.DisabledPasses"/> may hold.</summary>
    public static IReadOnlyList<string> PassNames { get; } = [ConstantFolding.PassName, .. FusionPasses.All.Select(pass => pass.Name)];

    /// <inheritdoc/>
    public string Name => "managed";

    /// <inheritdoc/>
    public string? UnavailableReason => null;

    /// <inheritdoc/>
    public IInferenceSession Load(ReadOnlyMemory<byte> model, InferenceOptions? options = null)
    {
        options ??= InferenceOptions.Default;
        using WorkLimits.Scope scope = WorkLimits.Begin(options.Deadline, options.Limits.MaxPlanBytes);
        return new ManagedSession(OnnxModel.Parse(model.Span, options.Limits), options);
    }

    /// <summary>Compiles a model that is in memory already.</summary>
    /// <exception cref="OnnxModelException">The model is not valid or exceeds the limits.</exception>
    /// <exception cref="UnsupportedOperatorException">The engine does not run an operator of the model.</exception>
    public static ManagedSession Compile(OnnxModel model, InferenceOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new ManagedSession(model, options ?? InferenceOptions.Default);
    }
}

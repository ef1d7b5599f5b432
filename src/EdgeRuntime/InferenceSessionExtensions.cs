using Toolkit.Numerics;

namespace Toolkit.EdgeRuntime;

/// <summary>Short ways to run a session, for every backend.</summary>
public static class InferenceSessionExtensions
{
    /// <summary>Runs the model on tensors in the order of <see cref="IInferenceSession.Inputs"/> and returns new ones in the order of <see cref="IInferenceSession.Outputs"/>.</summary>
    /// <param name="session">The session.</param>
    /// <param name="inputs">The inputs, in order.</param>
    /// <exception cref="ArgumentException">A tensor's count, type or shape does not fit; names it, expected and got.</exception>
    /// <example><code>Tensor probabilities = session.Run(image)[0];</code></example>
    public static IReadOnlyList<Tensor> Run(this IInferenceSession session, params ReadOnlySpan<Tensor> inputs)
    {
        ArgumentNullException.ThrowIfNull(session);
        if (inputs.Length != session.Inputs.Count)
        {
            throw new ArgumentException(
                $"Inputs: expected {session.Inputs.Count} tensors ({string.Join(", ", session.Inputs.Select(input => $"'{input.Name}'"))}), got {inputs.Length}.", nameof(inputs));
        }

        var named = new Dictionary<string, Tensor>(inputs.Length, StringComparer.Ordinal);
        for (int i = 0; i < inputs.Length; i++)
        {
            named.Add(session.Inputs[i].Name, inputs[i]);
        }

        return [.. session.Run(named).Values];
    }
}

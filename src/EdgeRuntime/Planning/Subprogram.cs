using Toolkit.Numerics;
using Toolkit.Onnx;

namespace Toolkit.EdgeRuntime.Planning;

/// <summary>A compiled subgraph with the plans of the last few shapes that it ran on. Safe to run from several threads at once.</summary>
internal sealed class Subprogram(CompiledProgram program)
{
    private readonly PlanCache _plans = new(program);

    /// <summary>The compiled subgraph.</summary>
    public CompiledProgram Program => program;

    /// <summary>Runs it on values: those that its operator feeds, and behind them those that it sees of the graph around it.</summary>
    /// <exception cref="ArgumentException">The values do not fit, or take more memory than <paramref name="budget"/>.</exception>
    public OnnxValue[] Run(OnnxValue[] inputs, long budget, WorkerPool workers) => _plans.Get(inputs).Run(inputs, budget, workers);
}

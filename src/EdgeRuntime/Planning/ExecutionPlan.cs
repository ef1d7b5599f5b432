using Toolkit.Numerics;
using Toolkit.Onnx;

namespace Toolkit.EdgeRuntime.Planning;

/// <summary>A way to run a program on inputs of certain shapes.</summary>
internal abstract class ExecutionPlan
{
    /// <summary>The shapes of the outputs; null for one that depends on the inputs' values.</summary>
    public abstract IReadOnlyList<Shape?> OutputShapes { get; }

    /// <summary>Bytes of memory that the plan holds between runs.</summary>
    public abstract long RetainedBytes { get; }

    /// <summary>Lets go of what it holds between runs: it is not kept any longer.</summary>
    public virtual void LetGo()
    {
        // Most hold nothing.
    }

    /// <summary>Runs on checked inputs and writes to checked outputs.</summary>
    public abstract void Run(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs, WorkerPool workers);

    /// <summary>The same, with the clock stopped after every node where there is one.</summary>
    public abstract void Run(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs, WorkerPool workers, NodeClock? clock);

    /// <summary>Runs on checked inputs and makes the outputs, which share nothing with the inputs.</summary>
    public abstract Tensor[] Run(ReadOnlySpan<Tensor> inputs, WorkerPool workers);

    /// <summary>Runs on checked inputs of any kind and makes the outputs, which may share tensors with the inputs.</summary>
    /// <param name="inputs">The inputs.</param>
    /// <param name="budget">Bytes that the run may take.</param>
    /// <param name="workers">The threads to use.</param>
    public abstract OnnxValue[] Run(ReadOnlySpan<OnnxValue> inputs, long budget, WorkerPool workers);
}

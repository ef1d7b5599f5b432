using Toolkit.EdgeRuntime.Planning;
using Toolkit.Numerics;
using Toolkit.Onnx;

namespace Toolkit.EdgeRuntime.Operators;

/// <summary>
/// A kernel that runs subgraphs in a plan in which all shapes are known: the subgraphs have plans too, and what goes from one iteration to the next lies in
/// tensors that are made once for each concurrent run. A run allocates nothing after the first.
/// </summary>
internal abstract class BoundControlKernel : OperatorKernel
{
    // More concurrent runs than this make their tensors afresh.
    private const int MaxIdleStates = 8;

    private readonly Lock _lock = new();
    private readonly State?[] _idle = new State?[MaxIdleStates];
    private int _idleCount;

    /// <summary>Bytes that a run takes beside the memory of the plan that it is in.</summary>
    public abstract long Bytes { get; }

    /// <inheritdoc/>
    public sealed override bool IsPure => false;

    /// <summary>What one run at a time uses.</summary>
    protected abstract State CreateState();

    /// <summary>Computes the outputs with tensors that this run alone uses.</summary>
    protected abstract void Run(in KernelArguments arguments, State state);

    /// <inheritdoc/>
    public sealed override void Run(in KernelArguments arguments)
    {
        State state = Rent() ?? CreateState();
        try
        {
            Run(arguments, state);
        }
        finally
        {
            Return(state);
        }
    }

    /// <summary>The plan of a subgraph; null where its shapes are not all known.</summary>
    protected internal static StaticPlan? PlanOf(Subprogram? subprogram, ShapeSolver? solver) =>
        subprogram is not null && solver is { IsComplete: true } && !subprogram.Program.HasValueNodes ? PlanBuilder.Build(subprogram.Program, solver) : null;

    /// <summary>Tensors for the outputs of a subgraph.</summary>
    protected static Tensor[] CreateOutputs(Subprogram subprogram, ShapeSolver solver)
    {
        CompiledProgram program = subprogram.Program;
        return Array.ConvertAll(program.OutputValues, value =>
        {
            ConcreteShapes.TryGet(solver.Values[value], program.Limits, program.Values[value], out Shape? shape);
            return Tensor.Create(solver.Values[value]!.Type, shape!.Value);
        });
    }

    /// <summary>Bytes of the outputs of a subgraph.</summary>
    protected static long BytesOf(Subprogram subprogram, ShapeSolver solver)
    {
        long bytes = 0;
        foreach (int value in subprogram.Program.OutputValues)
        {
            InferredValue known = solver.Values[value]!;
            bytes += known.Shape!.ElementCount!.Value * Math.Max(1, ElementTypes.Get(known.Type).Size);
        }

        return bytes;
    }

    private State? Rent()
    {
        lock (_lock)
        {
            if (_idleCount == 0)
            {
                return null;
            }

            State? state = _idle[--_idleCount];
            _idle[_idleCount] = null;
            return state;
        }
    }

    private void Return(State state)
    {
        // The caller's tensors are not kept alive.
        Array.Clear(state.Inputs);
        lock (_lock)
        {
            if (_idleCount < MaxIdleStates)
            {
                _idle[_idleCount++] = state;
            }
        }
    }

    /// <summary>The tensors of a run.</summary>
    /// <param name="Inputs">What the subgraph is fed.</param>
    /// <param name="Outputs">What it writes to in even iterations.</param>
    /// <param name="Others">What it writes to in odd ones.</param>
    /// <param name="Own">Tensors that the kernel feeds itself.</param>
    protected sealed record State(Tensor[] Inputs, Tensor[] Outputs, Tensor[] Others, Tensor[] Own);
}

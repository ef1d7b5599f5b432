using Toolkit.EdgeRuntime.Graphs;
using Toolkit.EdgeRuntime.Operators;
using Toolkit.Numerics;
using Toolkit.Onnx;
using Toolkit.Onnx.Inference;

namespace Toolkit.EdgeRuntime.Planning;

/// <summary>
/// What is known of every value once the inputs' shapes are: types, shapes, and the values that follow from shapes alone, such
/// as what a Shape node says and what is computed of it.
/// </summary>
internal sealed class ShapeSolver
{
    private readonly CompiledProgram _program;
    private readonly InferredValue?[] _values;
    private readonly Dictionary<PreparedNode, ShapeSolver?[]> _subgraphs = [];
    private readonly int _depth;

    private ShapeSolver(CompiledProgram program, int depth)
    {
        _program = program;
        _depth = depth;
        _values = new InferredValue?[program.Values.Length];
    }

    /// <summary>What is known of each value, by number.</summary>
    public IReadOnlyList<InferredValue?> Values => _values;

    /// <summary>Whether the shape of every value is known.</summary>
    public bool IsComplete { get; private set; } = true;

    /// <summary>Solves for inputs of known shapes.</summary>
    /// <exception cref="OnnxModelException">The shapes contradict an operator, or a value exceeds the limits.</exception>
    public static ShapeSolver Solve(CompiledProgram program, IReadOnlyList<Shape> inputs)
    {
        var known = new InferredValue[inputs.Count];
        for (int i = 0; i < known.Length; i++)
        {
            InferredValue info = program.Values[program.InputValues[i]].Info;
            known[i] = info.Container is null ? new InferredValue(info.Type, SymbolicShape.From(inputs[i])) : info;
        }

        long budget = program.Limits.MaxFoldedBytes;
        return Solve(program, known, 0, ref budget);
    }

    /// <summary>What is known of the subgraphs of a node, in the order in which its operator has them; null is one that this run does not enter.</summary>
    public IReadOnlyList<ShapeSolver?> Subgraphs(PreparedNode node) => _subgraphs[node];

    private static ShapeSolver Solve(CompiledProgram program, InferredValue[] inputs, int depth, ref long budget)
    {
        var solver = new ShapeSolver(program, depth);
        for (int i = 0; i < solver._values.Length; i++)
        {
            solver._values[i] = program.Constant(i) is not null ? program.Values[i].Info : null;
        }

        for (int i = 0; i < inputs.Length; i++)
        {
            solver._values[program.InputValues[i]] = inputs[i];
        }

        foreach (PreparedNode node in program.Nodes)
        {
            WorkLimits.Poll();
            solver.Solve(node, ref budget);
        }

        foreach (int input in program.InputValues)
        {
            // A sequence has no place in fixed memory.
            solver.IsComplete &= ConcreteShapes.TryGet(solver._values[input], program.Limits, program.Values[input], out _);
        }

        return solver;
    }

    /// <summary>Whether the value is known before the run.</summary>
    public Tensor? Constant(int value) => value < 0 ? null : _values[value]?.Constant;

    private void Solve(PreparedNode node, ref long budget)
    {
        InferredValue?[] inputs = Array.ConvertAll(node.Inputs, input => input < 0 ? null : _values[input]);
        IReadOnlyList<InferredValue?> outputs;
        if (node.Kernel is ControlKernel control)
        {
            int count = node.Node.OperatorInputCount;
            var subgraphs = new SubgraphSolver(this, node, control, inputs[count..], budget);
            outputs = ShapeInference.InferNode(node.Node.Onnx, inputs[..count], subgraphs);
            budget = subgraphs.Budget;
            _subgraphs[node] = subgraphs.Solvers;
        }
        else
        {
            outputs = ShapeInference.InferNode(node.Node.Onnx, inputs);
        }

        for (int i = 0; i < node.Outputs.Length; i++)
        {
            if (node.Outputs[i] >= 0)
            {
                _values[node.Outputs[i]] = outputs[i];
            }
        }

        if (node.Kernel.IsPure && Array.TrueForAll(node.Inputs, input => input < 0 || Constant(input) is not null)
            && !Array.TrueForAll(node.Outputs, output => output < 0 || Constant(output) is not null))
        {
            Evaluate(node, ref budget);
        }

        foreach (int output in node.Outputs)
        {
            IsComplete &= output < 0 || ConcreteShapes.TryGet(_values[output], _program.Limits, node.Node, out _);
        }
    }

    private void Evaluate(PreparedNode node, ref long budget)
    {
        Tensor?[] inputs = Array.ConvertAll(node.Inputs, Constant);
        if (NodeEvaluator.Evaluate(node.Node, node.Kernel, inputs, _program.Limits, ref budget, WorkerPool.Serial) is not { } results)
        {
            return;
        }

        for (int i = 0; i < node.Outputs.Length; i++)
        {
            if (node.Outputs[i] >= 0)
            {
                _values[node.Outputs[i]] = new InferredValue(results[i]!);
            }
        }
    }

    /// <summary>Solves a node's subgraphs as its inference asks for them; what was solved last is what holds.</summary>
    private sealed class SubgraphSolver(ShapeSolver outer, PreparedNode node, ControlKernel kernel, InferredValue?[] captured, long budget) : ISubgraphInference
    {
        // Three passes at most a level, and no more than 27 in all.
        private const int MaxRepeatedDepth = 3;

        private long _budget = budget;

        public bool MayRepeat => outer._depth < MaxRepeatedDepth;

        public long Budget => _budget;

        public ShapeSolver?[] Solvers { get; } = new ShapeSolver?[kernel.Subprograms.Count];

        public IReadOnlyList<InferredValue> Infer(int graph, IReadOnlyList<InferredValue> inputs)
        {
            Solvers[graph] = null;
            if (kernel.Subprograms[graph]?.Program is not { } program)
            {
                return Unknown(node.Node, graph);
            }

            var known = new InferredValue[inputs.Count + captured.Length];
            for (int i = 0; i < known.Length; i++)
            {
                known[i] = (i < inputs.Count ? inputs[i] : captured[i - inputs.Count]) ?? program.Values[program.InputValues[i]].Info;
            }

            ShapeSolver solver;
            try
            {
                solver = Solve(program, known, outer._depth + 1, ref _budget);
            }
            catch (OnnxModelException) when (node.Node.Operator is Onnx.Operators.If)
            {
                // A branch that contradicts the shapes around it does not run for them.
                return Unknown(node.Node, graph);
            }

            Solvers[graph] = solver;
            return [.. program.OutputValues.Select(output => solver._values[output] ?? new InferredValue(ElementType.Undefined, null))];
        }

        private static InferredValue[] Unknown(GraphNode node, int graph) =>
            [.. ((ControlFlowOperator)node.Operator).Graphs[graph].Outputs.Select(_ => new InferredValue(ElementType.Undefined, null))];
    }
}

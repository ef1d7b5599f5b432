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

    private ShapeSolver(CompiledProgram program)
    {
        _program = program;
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
        var solver = new ShapeSolver(program);
        for (int i = 0; i < solver._values.Length; i++)
        {
            solver._values[i] = program.Constant(i) is not null ? program.Values[i].Info : null;
        }

        for (int i = 0; i < inputs.Count; i++)
        {
            int value = program.InputValues[i];
            solver._values[value] = new InferredValue(program.Values[value].Info.Type, SymbolicShape.From(inputs[i]));
        }

        long budget = program.Limits.MaxFoldedBytes;
        foreach (PreparedNode node in program.Nodes)
        {
            WorkLimits.Poll();
            solver.Solve(node, ref budget);
        }

        return solver;
    }

    /// <summary>Whether the value is known before the run.</summary>
    public Tensor? Constant(int value) => value < 0 ? null : _values[value]?.Constant;

    private void Solve(PreparedNode node, ref long budget)
    {
        InferredValue?[] inputs = Array.ConvertAll(node.Inputs, input => input < 0 ? null : _values[input]);
        IReadOnlyList<InferredValue?> outputs = ShapeInference.InferNode(node.Node.Onnx, inputs);
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
}

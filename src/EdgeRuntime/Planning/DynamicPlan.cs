using Toolkit.Numerics;
using Toolkit.Onnx;

namespace Toolkit.EdgeRuntime.Planning;

/// <summary>
/// A plan for a program in which a shape depends on a value: a Reshape whose target is an input, or a NonZero, whose kernel says
/// its shape once it has seen the values. Each node is inferred and computed in turn, and memory is taken for its outputs and let go
/// after their last reader.
/// </summary>
internal sealed class DynamicPlan(CompiledProgram program, ShapeSolver shapes) : ExecutionPlan
{
    private readonly int[] _lastReader = FindLastReaders(program);

    /// <inheritdoc/>
    public override IReadOnlyList<Shape?> OutputShapes { get; } = Array.ConvertAll(
        program.OutputValues,
        value => ConcreteShapes.TryGet(shapes.Values[value], program.Limits, program.Values[value], out Shape? shape) ? shape : null);

    /// <inheritdoc/>
    public override long RetainedBytes => 0;

    /// <inheritdoc/>
    public override void Run(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs, WorkerPool workers)
    {
        Tensor[] results = Run(inputs, workers);
        for (int i = 0; i < results.Length; i++)
        {
            string name = program.Values[program.OutputValues[i]].Name;
            if (outputs[i].ElementType != results[i].ElementType || outputs[i].Shape != results[i].Shape)
            {
                throw new ArgumentException(
                    $"Output '{name}': expected {results[i].ElementType} {results[i].Shape} for these inputs, got {outputs[i].ElementType} {outputs[i].Shape}.", nameof(outputs));
            }
        }

        for (int i = 0; i < results.Length; i++)
        {
            results[i].CopyTo(outputs[i]);
        }
    }

    /// <inheritdoc/>
    public override Tensor[] Run(ReadOnlySpan<Tensor> inputs, WorkerPool workers)
    {
        var values = new Tensor?[program.Values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = shapes.Constant(i);
        }

        for (int i = 0; i < inputs.Length; i++)
        {
            values[program.InputValues[i]] = inputs[i];
        }

        long budget = program.Limits.MaxPlanBytes;
        for (int step = 0; step < program.Nodes.Length; step++)
        {
            PreparedNode node = program.Nodes[step];
            if (Array.TrueForAll(node.Outputs, output => output < 0 || values[output] is not null))
            {
                continue;
            }

            Tensor?[] arguments = Array.ConvertAll(node.Inputs, input => input < 0 ? null : values[input]);
            Tensor?[] results = Evaluate(node, arguments, ref budget, workers);
            for (int i = 0; i < node.Outputs.Length; i++)
            {
                if (node.Outputs[i] >= 0)
                {
                    values[node.Outputs[i]] = results[i];
                }
            }

            LetGo(node, step, values, ref budget);
        }

        return Own(values, inputs);
    }

    private Tensor?[] Evaluate(PreparedNode node, Tensor?[] arguments, ref long budget, WorkerPool workers)
    {
        try
        {
            return NodeEvaluator.Evaluate(node.Node, node.Kernel, arguments, program.Limits, ref budget, workers)
                ?? throw new OnnxModelException($"{node.Node}: the run needs more than the limit of {program.Limits.MaxPlanBytes} bytes; raise OnnxLimits.MaxPlanBytes for a model that you trust.");
        }
        catch (OnnxModelException exception)
        {
            // The model alone was valid when it was loaded: what does not fit are the values of these inputs.
            throw new ArgumentException($"The inputs' values do not fit the model: {exception.Message}", nameof(arguments), exception);
        }
    }

    // A result that is an input or a constant, or that is named twice, is copied: what the caller gets is the caller's alone.
    private Tensor[] Own(Tensor?[] values, ReadOnlySpan<Tensor> inputs)
    {
        var taken = new HashSet<Tensor>(ReferenceEqualityComparer.Instance);
        foreach (Tensor input in inputs)
        {
            taken.Add(input);
        }

        var results = new Tensor[program.OutputValues.Length];
        for (int i = 0; i < results.Length; i++)
        {
            int value = program.OutputValues[i];
            Tensor result = values[value]!;
            results[i] = shapes.Constant(value) is null && taken.Add(result) ? result : result.Clone();
        }

        return results;
    }

    private void LetGo(PreparedNode node, int step, Tensor?[] values, ref long budget)
    {
        foreach (int input in node.Inputs)
        {
            if (input >= 0 && _lastReader[input] == step && program.Values[input].Producer is not null && values[input] is { } tensor)
            {
                budget += (long)tensor.Length * Math.Max(1, ElementTypes.Get(tensor.ElementType).Size);
                values[input] = null;
            }
        }
    }

    private static int[] FindLastReaders(CompiledProgram program)
    {
        var last = new int[program.Values.Length];
        for (int step = 0; step < program.Nodes.Length; step++)
        {
            foreach (int input in program.Nodes[step].Inputs)
            {
                if (input >= 0)
                {
                    last[input] = step;
                }
            }
        }

        foreach (int output in program.OutputValues)
        {
            last[output] = int.MaxValue;
        }

        return last;
    }
}

using Toolkit.Numerics;
using Toolkit.Trainer.Autograd;
using Toolkit.Trainer.Autograd.Functions;
using Toolkit.Trainer.Layers;
using Toolkit.Trainer.Losses;
using Toolkit.Trainer.Optimizers;
using Toolkit.Trainer.Training;

namespace Toolkit.Trainer.Tests.Autograd;

public class StepProgramTests
{
    public static TheoryData<string, string, int> Networks => new()
    {
        { "softmax", "categorical_crossentropy", 1 },
        { "softmax", "categorical_crossentropy", 2 },
        { "softmax", "sparse_categorical_crossentropy", 3 },
        { "sigmoid", "binary_crossentropy", 2 },
        { "tanh", "mse", 2 },
        { "relu", "mse", 1 },
        { "linear", "mse", 1 },
    };

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_replayed_step_equals_the_eager_tape_to_the_bit(string activation, string lossName, int threads)
    {
        using var workers = new WorkerPool(threads);
        Loss loss = lossName;
        Sequential eager = Network(activation);
        Sequential replayed = Network(activation);
        var eagerOptimizer = new RmsProp();
        var replayedOptimizer = new RmsProp();
        eager.Arena.ResetSlots(eagerOptimizer);
        replayed.Arena.ResetSlots(replayedOptimizer);
        var programs = new ProgramCache(replayed);
        var tape = new Tape(workers: workers);
        for (int step = 0; step < 6; step++)
        {
            int rows = step % 3 == 2 ? 5 : 16;
            (Tensor<float> x, Tensor<float> y) = Batch(rows, step, loss);

            tape.Reset();
            tape.Step = (ulong)step;
            Variable value = TrainingGraph.Record(tape, eager, [new TrainingHead(loss)], [tape.Input(x)], [tape.Input(y)]).Loss;
            tape.Backward(value);

            StepProgram program = programs.Train(rows, [new TrainingHead(loss)], false);
            x.Span.CopyTo(program.Input(0));
            y.Span.CopyTo(program.Input(1));
            program.Forward(workers, (ulong)step);
            program.Backward(workers, (ulong)step);

            Assert.Equal(value.Value.As<float>().Span[0], program.Loss);
            Assert.Equal(eager.Arena.Gradients, replayed.Arena.Gradients);
            Assert.True(eager.Arena.Gradients.ContainsAnyExcept(0f));
            Apply(eager, eagerOptimizer, workers);
            Apply(replayed, replayedOptimizer, workers);
            Assert.Equal(eager.Arena.Values, replayed.Arena.Values);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_replay_allocates_nothing(int threads)
    {
        using var workers = new WorkerPool(threads);
        Loss loss = "categorical_crossentropy";
        Sequential model = Network("softmax");
        var optimizer = new RmsProp();
        model.Arena.ResetSlots(optimizer);
        StepProgram program = new ProgramCache(model).Train(16, [new TrainingHead(loss)], false);
        (Tensor<float> x, Tensor<float> y) = Batch(16, 0, loss);
        x.Span.CopyTo(program.Input(0));
        y.Span.CopyTo(program.Input(1));
        Step(0);

        TestAllocations.AssertNone(() =>
        {
            for (ulong step = 1; step < 20; step++)
            {
                Step(step);
            }
        });

        void Step(ulong step)
        {
            program.Forward(workers, step);
            program.Backward(workers, step);
            Apply(model, optimizer, workers);
        }
    }

    [Fact]
    public void Buffers_that_live_at_the_same_time_never_overlap()
    {
        Sequential model = Network("softmax");
        model.Build([3, 4]);
        StepProgram program = new ProgramCache(model).Train(16, [new TrainingHead("categorical_crossentropy")], false);

        (MemoryRequest Request, int Offset)[] placements = [.. program.Plan.Placements];

        Assert.True(placements.Length > 10);
        MemoryPlannerTests.AssertDisjoint(0, [.. placements.Select(p => p.Request)], [.. placements.Select(p => p.Offset)]);
        Assert.True(program.ArenaLength < placements.Sum(p => AlignedMemory.RoundUp(p.Request.Length)), "no memory is used twice");
    }

    [Fact]
    public void The_gradient_by_the_models_input_is_not_computed()
    {
        var probe = new ProbeFunction();
        StepProgram program = StepProgram.Record([[2, 3]], (tape, inputs) =>
        {
            Variable y = tape.Apply(probe, inputs[0], tape.Parameter(Weight()));
            return tape.Apply(MeanSquaredErrorFunction.Instance, y, inputs[0]);
        });

        program.Forward(WorkerPool.Serial);
        program.Backward(WorkerPool.Serial);

        Assert.Equal([false, true], probe.Needs);
    }

    [Fact]
    public void Steps_without_influence_are_not_run()
    {
        var dead = new ProbeFunction();
        var live = new ProbeFunction();
        StepProgram program = StepProgram.Record([[2, 3]], (tape, inputs) =>
        {
            Variable w = tape.Parameter(Weight());
            _ = tape.Apply(dead, inputs[0], w);
            return tape.Apply(MeanSquaredErrorFunction.Instance, tape.Apply(live, inputs[0], w), inputs[0]);
        });

        program.Forward(WorkerPool.Serial);

        Assert.Equal(0, dead.Runs);
        Assert.Equal(1, live.Runs);
    }

    [Fact]
    public void Views_share_the_memory_of_what_they_view()
    {
        StepProgram program = StepProgram.Record([[2, 3, 4]], (tape, inputs) =>
        {
            Variable flat = tape.Apply(FlattenFunction.Instance, inputs[0]);
            return tape.Apply(MeanSquaredErrorFunction.Instance, tape.Apply(IdentityFunction.Instance, flat), flat);
        });

        Assert.Equal(2, program.Plan.Placements.Count());
    }

    [Fact]
    public void A_program_needs_a_scalar_to_start_backward_from()
    {
        string message = Assert.Throws<ArgumentException>(() => StepProgram.Record([[2, 3]], (_, inputs) => inputs[0])).Message;

        Assert.Contains("[2,3]", message, StringComparison.Ordinal);
    }

    private static Sequential Network(string activation)
    {
        var model = new Sequential(
            new Input(3, 4),
            new Flatten(),
            new Dense(9, "relu"),
            new Dropout(0.3),
            new Dense(8, "sigmoid"),
            new ActivationLayer("tanh"),
            new Dropout(0.2),
            new Dense(5, activation));
        return model;
    }

    private static (Tensor<float> X, Tensor<float> Y) Batch(int rows, int step, Loss loss)
    {
        var random = new CounterRandom(3, (ulong)step);
        var x = new Tensor<float>([rows, 3, 4]);
        random.FillNormal(x.Span);
        bool isSparse = loss is SparseCategoricalCrossentropy;
        var y = new Tensor<float>([rows, isSparse ? 1 : 5]);
        for (int row = 0; row < rows; row++)
        {
            int label = random.NextInt32(5);
            y[row, isSparse ? 0 : label] = isSparse ? label : 1;
        }

        return (x, y);
    }

    private static void Apply(Sequential model, Optimizer optimizer, WorkerPool workers) => optimizer.Step(model.Arena, workers);

    private static Parameter Weight()
    {
        var parameter = new Parameter("w", [2, 3], new Toolkit.Trainer.Initializers.Ones());
        _ = new ParameterArena([parameter]);
        return parameter;
    }

    private sealed class ProbeFunction : Function
    {
        public bool[] Needs { get; private set; } = [];

        public int Runs { get; private set; }

        public override Shape InferShape(ReadOnlySpan<Shape> inputs) => inputs[0];

        public override void Forward<T>(in FunctionContext<T> context) => Runs++;

        public override void Backward<T>(in FunctionContext<T> context) => Needs = [context.NeedsGradient(0), context.NeedsGradient(1)];

        public override string Emit(IOperatorSink sink, ReadOnlySpan<string> inputs, ReadOnlySpan<Shape> shapes) => inputs[0];
    }
}
